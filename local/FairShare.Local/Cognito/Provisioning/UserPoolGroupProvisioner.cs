using FairShare.Local.Cognito.Storage;
using FairShare.Local.Deployment;
using FairShare.Local.Hosting;

namespace FairShare.Local.Cognito.Provisioning;

/// <summary>AWS::Cognito::UserPoolGroup.</summary>
internal sealed class UserPoolGroupProvisioner(HostContext host) : IResourceProvisioner
{
    public string ResourceType => "AWS::Cognito::UserPoolGroup";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var pool = properties.Text("UserPoolId");
        var name = properties.OptionalText("GroupName") ?? declaration.GeneratedName;
        properties.Ignore("Description", "Precedence");
        properties.RefuseOthers();
        await host.Store.WriteAsync(session => PoolTables.PutGroup(session, pool, name));
        return new ProvisionedResource(name, new Dictionary<string, string> { ["GroupName"] = name });
    }

    public Task DeleteAsync(string physicalId, CancellationToken cancellationToken) => host.Store.WriteAsync(session =>
        PoolTables.Pools(session).TrueForAll(pool => PoolTables.DeleteGroup(session, pool.Id, physicalId)));
}
