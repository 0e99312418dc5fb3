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
            Required = ["ApiId", "IntegrationType"],
            Replacing = ["ApiId"],
            Updatable =
            [
                "IntegrationType",
                "PayloadFormatVersion",
                "IntegrationUri",
                "IntegrationMethod",
                "ConnectionType",
                "TimeoutInMillis",
            ],
            Attributes = ["IntegrationId"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        Expect(properties, "IntegrationType", "AWS_PROXY");
        Expect(properties, "PayloadFormatVersion", "2.0");
        var uri = properties.Text("IntegrationUri");
        Expect(properties, "IntegrationMethod", "POST", "POST");
        Expect(properties, "ConnectionType", "INTERNET", "INTERNET");
        var timeout = properties.Optional("TimeoutInMillis") is { } given
            ? int.Parse(given.ToString(), System.Globalization.CultureInfo.InvariantCulture)
            : LongestTimeout;
        var integration = new Integration(
            declaration.PhysicalId ?? ApiIds.New(declaration),
            FunctionArn(uri),
            Math.Min(timeout, LongestTimeout)
        );
        var api = properties.Text("ApiId");
        properties.RefuseOthers();
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

    /// <param name="properties">The integration's.</param>
    /// <param name="name">The property.</param>
    /// <param name="value">The only one that the host honours.</param>
    /// <param name="otherwise">What stands for a property that is not there; null where it must be.</param>
    private static void Expect(PropertyReader properties, string name, string value, string? otherwise = null)
    {
        if ((otherwise is null ? properties.Text(name) : properties.OptionalText(name) ?? otherwise) is var given && given != value)
        {
            throw properties.Refuse(name, $"{given} is not honoured by the embedded host");
        }
    }
}
