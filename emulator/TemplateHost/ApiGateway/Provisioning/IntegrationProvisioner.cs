using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Storage;
using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Provisioning;

/// <summary>AWS::ApiGatewayV2::Integration: a Lambda function, payload format 2.0.</summary>
internal sealed class IntegrationProvisioner(HostContext host) : IResourceProvisioner
{
    private const int LongestTimeout = 30_000;

    public ResourceSchema Schema { get; } =
        new("AWS::ApiGatewayV2::Integration")
        {
            Required = ["ApiId", "IntegrationType", "PayloadFormatVersion", "IntegrationUri"],
            Replacing = MemberNames.Exactly("ApiId"),
            Updatable = MemberNames.Exactly(
                "IntegrationType=AWS_PROXY PayloadFormatVersion=2.0 IntegrationUri IntegrationMethod=POST ConnectionType=INTERNET "
                    + "TimeoutInMillis"
            ),
            Attributes = ["IntegrationId"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var integration = new Integration(
            declaration.PhysicalId ?? ApiIds.New(declaration),
            FunctionArn(properties.Text("IntegrationUri")),
            Math.Min(properties.OptionalNumber("TimeoutInMillis") ?? LongestTimeout, LongestTimeout)
        );
        var api = properties.Text("ApiId");
        await host.Store.WriteAsync(session => ApiIds.Put(session, api, integration.Id, integration));
        return new ProvisionedResource(integration.Id, new Dictionary<string, string> { ["IntegrationId"] = integration.Id });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => ApiTable.Delete<Integration>(session, resource.PhysicalId));

    /// <summary>A function's ARN, or the invocation path in which older templates wrap it.</summary>
    private static string FunctionArn(string uri)
    {
        var start = uri.IndexOf("arn:aws:lambda:", StringComparison.Ordinal);
        var end = uri.IndexOf("/invocations", StringComparison.Ordinal);
        return start < 0 ? uri
            : end < 0 ? uri[start..]
            : uri[start..end];
    }
}
