using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using Objects = FairShare.Aws.Backup.PeerBucket;

namespace FairShare.Cdk.Constructs.Peer;

/// <summary>The bucket of a peer's bodies: nothing public, bytes only over presigned URLs, and no versions, so that what is erased is
/// gone.</summary>
public sealed class PeerBucket : Construct
{
    public PeerBucket(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        var props = PrivateBucket.Of(stage, isVersioned: false);
        props.LifecycleRules = [PrivateBucket.DropsUploads];
        Bucket = new Bucket(this, "Bucket", props);
    }

    public Bucket Bucket { get; }

    /// <summary>Grants the named S3 actions on bodies.</summary>
    public void Grant(Function function, params string[] actions) => Allow(function, Bucket.ArnForObjects($"{Objects.Prefix}*"), actions);

    /// <summary>Grants the named S3 actions on the bucket itself.</summary>
    public void GrantBucket(Function function, params string[] actions) => Allow(function, Bucket.BucketArn, actions);

    private void Allow(Function function, string resource, string[] actions)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_PEER_BUCKET", Bucket.BucketName);
        function.AddToRolePolicy(
            new PolicyStatement(
                new PolicyStatementProps { Actions = [.. actions.Select(action => "s3:" + action)], Resources = [resource] }
            )
        );
    }
}
