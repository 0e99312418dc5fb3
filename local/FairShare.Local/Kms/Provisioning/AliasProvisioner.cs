using FairShare.Local.Deployment;
using FairShare.Local.Kms.Storage;

namespace FairShare.Local.Kms.Provisioning;

/// <summary>AWS::KMS::Alias.</summary>
internal sealed class AliasProvisioner(KeyStore keys) : IResourceProvisioner
{
    public string ResourceType => "AWS::KMS::Alias";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var name = properties.Text("AliasName");
        var target = keys.Get(properties.Text("TargetKeyId"));
        properties.RefuseOthers();
        await keys.PutAliasAsync(name, target.KeyId);
        return new ProvisionedResource(name, new Dictionary<string, string>());
    }

    public Task DeleteAsync(string physicalId, CancellationToken cancellationToken) => keys.DeleteAliasAsync(physicalId);
}
