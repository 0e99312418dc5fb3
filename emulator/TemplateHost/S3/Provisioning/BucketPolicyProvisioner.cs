using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Provisioning;

/// <summary>AWS::S3::BucketPolicy.</summary>
internal sealed class BucketPolicyProvisioner(BucketStore buckets) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::S3::BucketPolicy")
        {
            Required = ["Bucket", "PolicyDocument"],
            Replacing = MemberNames.Exactly("Bucket"),
            Updatable = MemberNames.Exactly("PolicyDocument"),
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var bucket = buckets.Get(properties.Text("Bucket"));
        var policy = (JsonObject)
            PolicyProperty.Checked(properties, "PolicyDocument", properties.Required("PolicyDocument"), PolicyKind.Resource).DeepClone();
        if (bucket.BlocksPublicPolicy && PublicPolicy.Is(policy))
        {
            throw properties.Refuse("PolicyDocument", "lets everybody in, which the bucket's BlockPublicPolicy refuses");
        }

        await buckets.PutAsync(bucket with { Policy = policy });
        return new ProvisionedResource(bucket.Name, ProvisionedResource.NoAttributes);
    }

    public async Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken)
    {
        if (buckets.Find(resource.PhysicalId) is { } bucket)
        {
            await buckets.PutAsync(bucket with { Policy = null });
        }
    }
}
