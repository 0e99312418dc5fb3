using System.Text.Json.Nodes;
using FairShare.Local.Deployment;
using FairShare.Local.Iam.Provisioning;
using FairShare.Local.S3.Storage;

namespace FairShare.Local.S3.Provisioning;

/// <summary>AWS::S3::BucketPolicy.</summary>
internal sealed class BucketPolicyProvisioner(BucketStore buckets) : IResourceProvisioner
{
    public string ResourceType => "AWS::S3::BucketPolicy";

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(ResourceType, declaration);
        var bucket = buckets.Get(properties.Text("Bucket"));
        var policy = (JsonObject)RolePolicyProvisioner.Checked(properties, properties.Required("PolicyDocument")).DeepClone();
        properties.RefuseOthers();
        await buckets.PutAsync(bucket with { Policy = policy });
        return new ProvisionedResource(bucket.Name, new Dictionary<string, string>());
    }

    public async Task DeleteAsync(string physicalId, CancellationToken cancellationToken)
    {
        if (buckets.Find(physicalId) is { } bucket)
        {
            await buckets.PutAsync(bucket with { Policy = null });
        }
    }
}
