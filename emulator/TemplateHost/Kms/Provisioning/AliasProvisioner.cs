using TemplateHost.Deployment;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms.Provisioning;

/// <summary>AWS::KMS::Alias.</summary>
internal sealed class AliasProvisioner(KeyStore keys) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::KMS::Alias")
        {
            Name = "AliasName",
            Required = ["AliasName", "TargetKeyId"],
            Updatable = ["TargetKeyId"],
        };

    public bool Exists(string name) => keys.FindAlias(name) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var name = properties.Text("AliasName");
        var target = keys.Get(properties.Text("TargetKeyId"));
        properties.RefuseOthers();
        await keys.PutAliasAsync(name, target.KeyId);
        return new ProvisionedResource(name, new Dictionary<string, string>());
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) => keys.DeleteAliasAsync(resource.PhysicalId);
}
