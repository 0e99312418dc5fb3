using Amazon.CDK;
using Amazon.CDK.AWS.S3;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>What every bucket of the service is: nothing public, nothing in clear on the way, nobody's objects but the account's.</summary>
internal static class PrivateBucket
{
    private const int UploadDays = 7;

    /// <summary>Drops the parts of uploads that nobody has completed within a week.</summary>
    public static LifecycleRule DropsUploads => new() { AbortIncompleteMultipartUploadAfter = Duration.Days(UploadDays) };

    /// <summary>Lets pages of any origin use presigned URLs, and read these headers of the answers.</summary>
    public static CorsRule ForBrowsers(params string[] exposedHeaders) =>
        new()
        {
            AllowedMethods = [HttpMethods.GET, HttpMethods.PUT, HttpMethods.POST],
            AllowedOrigins = ["*"],
            AllowedHeaders = ["*"],
            ExposedHeaders = exposedHeaders,
        };

    /// <summary>What to make such a bucket of; the caller adds what is its own.</summary>
    public static BucketProps Of(DeploymentStage stage, bool isVersioned)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return new()
        {
            Versioned = isVersioned,
            Encryption = BucketEncryption.S3_MANAGED,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            RemovalPolicy = stage.EvidenceRemovalPolicy,
        };
    }
}
