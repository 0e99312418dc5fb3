using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Storage;
using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Provisioning;

/// <summary>AWS::ApiGatewayV2::Stage: the one at the root of the API, deployed by itself.</summary>
internal sealed class StageProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::ApiGatewayV2::Stage")
        {
            Required = ["StageName", "ApiId"],
            Replacing = MemberNames.Exactly("StageName ApiId"),
            Updatable = MemberNames.Exactly(
                "AutoDeploy DefaultRouteSettings(ThrottlingRateLimit ThrottlingBurstLimit) AccessLogSettings(DestinationArn Format)"
            ),
            // Nothing that the host serves shows the tags of a stage.
            Ignored = MemberNames.Exactly("Tags"),
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.Text("StageName");
        if (name != "$default" || !properties.IsTrue("AutoDeploy"))
        {
            throw properties.Refuse(
                "StageName",
                "must be $default, with AutoDeploy: the embedded host serves the API at the root of its port"
            );
        }

        var logs = properties.OptionalObject("AccessLogSettings");
        var throttling = properties.Nested("DefaultRouteSettings");
        var (rate, burst) = (throttling.OptionalDecimal("ThrottlingRateLimit"), throttling.OptionalDecimal("ThrottlingBurstLimit"));
        var api = properties.Text("ApiId");
        await host.Store.WriteAsync(session => ApiIds.Put(session, api, $"{api}:{name}", new Stage(api, name, rate, burst, logs)));
        return new ProvisionedResource(name, ProvisionedResource.NoAttributes);
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => ApiTable.Delete<Stage>(session, $"{resource.Properties["ApiId"]}:{resource.PhysicalId}"));
}
