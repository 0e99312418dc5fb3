using FairShare.Local.ApiGateway.Model;
using FairShare.Local.ApiGateway.Storage;
using FairShare.Local.Deployment;
using FairShare.Local.Hosting;

namespace FairShare.Local.ApiGateway.Provisioning;

/// <summary>AWS::ApiGatewayV2::Stage: the one at the root of the API, deployed by itself.</summary>
internal sealed class StageProvisioner(HostContext host) : IResourceProvisioner
{
    public string ResourceType => "AWS::ApiGatewayV2::Stage";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var name = properties.Text("StageName");
        if (name != "$default" || properties.Optional("AutoDeploy")?.ToString() is not ("true" or "True"))
        {
            throw properties.Refuse("StageName", "must be $default, with AutoDeploy: the embedded host serves the API at the root of its port");
        }

        // Throttling guards an account's quota, and logs go to a service that is not here.
        properties.Ignore("DefaultRouteSettings", "RouteSettings", "AccessLogSettings", "Tags", "Description");
        var api = properties.Text("ApiId");
        properties.RefuseOthers();
        await host.Store.WriteAsync(session => ApiIds.Put(session, api, $"{api}:{name}", new Stage(api, name)));
        return new ProvisionedResource(name, new Dictionary<string, string>());
    }

    public Task DeleteAsync(string physicalId, CancellationToken cancellationToken) => host.Store.WriteAsync(session =>
        ApiTable.ListAll<Stage>(session).TrueForAll(stage => ApiTable.Delete<Stage>(session, $"{stage.Id}:{physicalId}")));
}
