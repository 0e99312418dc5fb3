using System.Text.Json.Nodes;
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
            Updatable =
            [
                "VersioningConfiguration",
                "CorsConfiguration",
                "LifecycleConfiguration",
                "ObjectLockEnabled",
                "ObjectLockConfiguration",
                "BucketEncryption",
                "OwnershipControls",
                "PublicAccessBlockConfiguration",
                "Tags",
            ],
            Attributes = ["Arn", "DomainName", "RegionalDomainName"],
        };

    public bool Exists(string name) => buckets.Find(name) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var name = properties.OptionalText("BucketName") ?? StackIdentity.Fit(declaration.GeneratedName, LongestName).ToLowerInvariant();
        var bucket = (buckets.Find(name) ?? new Bucket(name, context.Time.GetUtcNow())) with
        {
            Versioning = properties.OptionalObject("VersioningConfiguration")?["Status"]?.ToString(),
            Cors = [.. RulesOf(properties, "CorsConfiguration", "CorsRules").Select(ReadCors)],
            Lifecycle =
            [
                .. RulesOf(properties, "LifecycleConfiguration", "Rules")
                    .Select(rule => LifecycleRules.Read(properties, rule))
                    .OfType<LifecycleRule>(),
            ],
            ObjectLock = bool.Parse(properties.OptionalText("ObjectLockEnabled") ?? "false"),
            DefaultRetentionDays = RetentionOf(properties.OptionalObject("ObjectLockConfiguration")),
            DefaultRetentionMode =
                properties.OptionalObject("ObjectLockConfiguration")?["Rule"]?["DefaultRetention"]?["Mode"]?.ToString()
                ?? ObjectLock.Compliance,
        };
        bucket = WithPublicAccess(properties, bucket);
        DemandOwnKeys(properties);
        DemandNoAccessLists(properties);
        // Nothing that the host serves shows the tags of a bucket.
        properties.Ignore("Tags");
        properties.RefuseOthers();
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
        var given = properties.OptionalObject("PublicAccessBlockConfiguration");
        return bucket with
        {
            BlocksPublicPolicy = given?["BlockPublicPolicy"]?.ToString() is "true" or "True",
            RestrictsPublic = given?["RestrictPublicBuckets"]?.ToString() is "true" or "True",
        };
    }

    private static void DemandNoAccessLists(PropertyReader properties)
    {
        if (
            RulesOf(properties, "OwnershipControls", "Rules").Select(rule => rule["ObjectOwnership"]?.ToString()).FirstOrDefault()
            is { } ownership
                and not "BucketOwnerEnforced"
        )
        {
            throw properties.Refuse("OwnershipControls", $"{ownership} is not honoured by the embedded host");
        }
    }

    private static void DemandOwnKeys(PropertyReader properties)
    {
        foreach (var rule in RulesOf(properties, "BucketEncryption", "ServerSideEncryptionConfiguration"))
        {
            if (rule["ServerSideEncryptionByDefault"]?["SSEAlgorithm"]?.ToString() != "AES256")
            {
                throw properties.Refuse("BucketEncryption", "must be AES256: the embedded host has no symmetric KMS keys");
            }
        }
    }

    private static IEnumerable<JsonObject> RulesOf(PropertyReader properties, string property, string member) =>
        (properties.OptionalObject(property)?[member] as JsonArray ?? []).Select(rule => (JsonObject)rule!);

    private static CorsRule ReadCors(JsonObject rule) =>
        new(
            Texts(rule, "AllowedOrigins"),
            Texts(rule, "AllowedMethods"),
            Texts(rule, "AllowedHeaders"),
            Texts(rule, "ExposedHeaders"),
            rule["MaxAge"] is { } seconds ? int.Parse(seconds.ToString(), System.Globalization.CultureInfo.InvariantCulture) : null
        );

    private static List<string> Texts(JsonObject rule, string name) =>
        [.. (rule[name] as JsonArray ?? []).Select(text => text!.ToString())];

    private static int? RetentionOf(JsonObject? configuration)
    {
        var retention = configuration?["Rule"]?["DefaultRetention"];
        return retention is null ? null
            : retention["Years"] is { } years ? 365 * int.Parse(years.ToString(), System.Globalization.CultureInfo.InvariantCulture)
            : int.Parse(retention["Days"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
