using System.Globalization;
using System.Text.Json.Nodes;
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
            Replacing = ["StageName", "ApiId"],
            Updatable = ["AutoDeploy", "DefaultRouteSettings", "RouteSettings", "AccessLogSettings", "Tags"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var name = properties.Text("StageName");
        if (name != "$default" || properties.Optional("AutoDeploy")?.ToString() is not ("true" or "True"))
        {
            throw properties.Refuse(
                "StageName",
                "must be $default, with AutoDeploy: the embedded host serves the API at the root of its port"
            );
        }

        // Nothing that the host serves shows the tags of a stage.
        properties.Ignore("Tags");
        var logs = properties.OptionalObject("AccessLogSettings");
        var (rate, burst) = Throttling(properties);
        var api = properties.Text("ApiId");
        properties.RefuseOthers();
        await host.Store.WriteAsync(session => ApiIds.Put(session, api, $"{api}:{name}", new Stage(api, name, rate, burst, logs)));
        return new ProvisionedResource(name, new Dictionary<string, string>());
    }

    private static (double? Rate, double? Burst) Throttling(PropertyReader properties)
    {
        if (properties.Optional("RouteSettings") is not null)
        {
            throw properties.Refuse("RouteSettings", "is not served by the embedded host; DefaultRouteSettings is");
        }

        var settings = properties.OptionalObject("DefaultRouteSettings") ?? [];
        if (
            settings.Select(setting => setting.Key).FirstOrDefault(name => name is not ("ThrottlingRateLimit" or "ThrottlingBurstLimit")) is
            { } other
        )
        {
            throw properties.Refuse("DefaultRouteSettings", $"has {other}, which the embedded host does not serve");
        }

        return (Number(settings, "ThrottlingRateLimit"), Number(settings, "ThrottlingBurstLimit"));
    }

    private static double? Number(JsonObject settings, string name) =>
        settings[name] is { } value ? double.Parse(value.ToString(), CultureInfo.InvariantCulture) : null;

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => ApiTable.Delete<Stage>(session, $"{resource.Properties["ApiId"]}:{resource.PhysicalId}"));
}
