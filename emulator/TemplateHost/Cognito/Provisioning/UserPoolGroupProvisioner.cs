using TemplateHost.Cognito.Storage;
using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Provisioning;

/// <summary>AWS::Cognito::UserPoolGroup.</summary>
internal sealed class UserPoolGroupProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Cognito::UserPoolGroup")
        {
            Name = "GroupName",
            Required = ["UserPoolId"],
            Replacing = MemberNames.Exactly("UserPoolId"),
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var pool = properties.Text("UserPoolId");
        var name = properties.OptionalText("GroupName") ?? declaration.GeneratedName;
        await host.Store.WriteAsync(session => PoolTables.PutGroup(session, pool, name));
        return new ProvisionedResource(name, ProvisionedResource.NoAttributes);
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session =>
            PoolTables.DeleteGroup(session, resource.Properties["UserPoolId"]!.ToString(), resource.PhysicalId)
        );
}
