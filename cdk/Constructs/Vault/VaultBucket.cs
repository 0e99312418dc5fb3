using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Aws.Vault;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Vault;

/// <summary>
/// The bucket of the vault: nothing public, bytes only over presigned URLs, and no versions, so that what is erased is gone. Should all
/// else fail, the bucket itself drops each object once the days of its prefix are over.
/// </summary>
public sealed class VaultBucket : Construct
{
    public VaultBucket(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        var props = PrivateBucket.Of(stage, isVersioned: false);
        props.Cors = [PrivateBucket.ForBrowsers("ETag", "x-amz-checksum-sha256")];
        props.LifecycleRules =
        [
            PrivateBucket.DropsUploads,
            .. StorageClasses.Days.Select(days => new LifecycleRule
            {
                Prefix = StorageClasses.PrefixOf(days),
                Expiration = Duration.Days(days),
            }),
        ];
        Bucket = new Bucket(this, "Bucket", props);
    }

    public Bucket Bucket { get; }

    /// <summary>Grants the named S3 actions on objects.</summary>
    public void Grant(Function function, params string[] actions) =>
        Allow(function, Bucket.ArnForObjects($"{StorageClasses.Prefix}*"), actions);

    /// <summary>Grants the named S3 actions on the bucket itself.</summary>
    public void GrantBucket(Function function, params string[] actions) => Allow(function, Bucket.BucketArn, actions);

    private void Allow(Function function, string resource, string[] actions)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_VAULT_BUCKET", Bucket.BucketName);
        function.AddToRolePolicy(
            new PolicyStatement(
                new PolicyStatementProps { Actions = [.. actions.Select(action => "s3:" + action)], Resources = [resource] }
            )
        );
    }
}
