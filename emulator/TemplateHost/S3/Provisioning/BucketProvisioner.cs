using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Provisioning;

/// <summary>AWS::S3::Bucket.</summary>
internal sealed class BucketProvisioner(HostContext context, BucketStore buckets) : IResourceProvisioner
{
    private const int LongestName = 63;

    public ResourceSchema Schema { get; } =
        new("AWS::S3::Bucket")
        {
            Name = "BucketName",
            Updatable = MemberNames.Exactly(
                "VersioningConfiguration(Status) "
                    + "CorsConfiguration(CorsRules(Id AllowedOrigins AllowedMethods AllowedHeaders ExposedHeaders MaxAge)) "
                    + $"LifecycleConfiguration({LifecycleRules.Members}) "
                    + "ObjectLockEnabled ObjectLockConfiguration(ObjectLockEnabled Rule(DefaultRetention(Mode Days Years))) "
                    + "BucketEncryption(ServerSideEncryptionConfiguration(ServerSideEncryptionByDefault(SSEAlgorithm KMSMasterKeyID) "
                    + "BucketKeyEnabled)) OwnershipControls(Rules(ObjectOwnership=BucketOwnerEnforced)) "
                    + "PublicAccessBlockConfiguration(BlockPublicAcls BlockPublicPolicy IgnorePublicAcls RestrictPublicBuckets)"
            ),
            // Nothing that the host serves shows the tags of a bucket.
            Ignored = MemberNames.Exactly("Tags"),
            Attributes = ["Arn", "DomainName", "RegionalDomainName"],
        };

    public bool Exists(string name) => buckets.Find(name) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalText("BucketName") ?? StackIdentity.Fit(declaration.GeneratedName, LongestName).ToLowerInvariant();
        var retention = properties.Nested("ObjectLockConfiguration").Nested("Rule").Nested("DefaultRetention");
        var bucket = (buckets.Find(name) ?? new Bucket(name, context.Time.GetUtcNow())) with
        {
            Versioning = properties.Nested("VersioningConfiguration").OptionalText("Status"),
            Cors = [.. properties.Nested("CorsConfiguration").Objects("CorsRules").Select(ReadCors)],
            Lifecycle =
            [
                .. properties.Nested("LifecycleConfiguration").Objects("Rules").Select(LifecycleRules.Read).OfType<LifecycleRule>(),
            ],
            ObjectLock = properties.IsTrue("ObjectLockEnabled"),
            DefaultRetentionDays = RetentionOf(retention),
            DefaultRetentionMode = retention.OptionalText("Mode") ?? ObjectLock.Compliance,
        };
        bucket = WithPublicAccess(properties, bucket);
        DemandOwnKeys(properties);
        await buckets.PutAsync(bucket);
        return new ProvisionedResource(
            name,
            new Dictionary<string, string>
            {
                ["Arn"] = bucket.Arn,
                ["DomainName"] = $"{name}.s3.amazonaws.com",
                ["RegionalDomainName"] = $"{name}.s3.{context.Region}.amazonaws.com",
            }
        );
    }

    /// <summary>As CloudFormation: a bucket that holds anything is not deleted.</summary>
    public async Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken)
    {
        if (buckets.Find(resource.PhysicalId) is null)
        {
            return;
        }

        if (!context.Store.Read(session => new VersionTable(session).IsEmpty(resource.PhysicalId)))
        {
            throw new DeploymentException("The bucket you tried to delete is not empty. You must delete all versions in the bucket.");
        }

        await buckets.DeleteAsync(resource.PhysicalId);
    }

    /// <summary>Access lists are off for every bucket here, so what of the configuration is about them holds anyway.</summary>
    private static Bucket WithPublicAccess(PropertyReader properties, Bucket bucket)
    {
        var given = properties.Nested("PublicAccessBlockConfiguration");
        return bucket with
        {
            BlocksPublicPolicy = given.IsTrue("BlockPublicPolicy"),
            RestrictsPublic = given.IsTrue("RestrictPublicBuckets"),
        };
    }

    private static void DemandOwnKeys(PropertyReader properties)
    {
        foreach (var rule in properties.Nested("BucketEncryption").Objects("ServerSideEncryptionConfiguration"))
        {
            if (rule.Nested("ServerSideEncryptionByDefault").OptionalText("SSEAlgorithm") != "AES256")
            {
                throw properties.Refuse("BucketEncryption", "must be AES256: the embedded host has no symmetric KMS keys");
            }
        }
    }

    private static CorsRule ReadCors(PropertyReader rule) =>
        new(
            rule.Texts("AllowedOrigins"),
            rule.Texts("AllowedMethods"),
            rule.Texts("AllowedHeaders"),
            rule.Texts("ExposedHeaders"),
            rule.OptionalNumber("MaxAge")
        );

    private static int? RetentionOf(PropertyReader retention) =>
        retention.Json.Count == 0
            ? null
            : 365 * retention.OptionalNumber("Years") ?? retention.OptionalNumber("Days") ?? throw retention.Refuse("Days", "is required");
}
