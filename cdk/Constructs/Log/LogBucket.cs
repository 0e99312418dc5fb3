using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Log;

/// <summary>
/// The bucket of the log. Archives and full tiles are locked as they are put, so that nobody deletes or replaces them before their time;
/// the checkpoint is replaced by the next, and partial tiles by the full one.
/// </summary>
public sealed class LogBucket : Construct
{
    private const int CheckpointDays = 30;
    private static readonly string[] Published = ["checkpoint", "tile/*"];

    public LogBucket(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        var props = PrivateBucket.Of(stage, isVersioned: true);
        props.ObjectLockEnabled = true;
        // A checkpoint says all that the ones before it said.
        props.LifecycleRules = [new LifecycleRule { Prefix = "checkpoint", NoncurrentVersionExpiration = Duration.Days(CheckpointDays) }];
        Bucket = new Bucket(this, "Bucket", props);
    }

    public Bucket Bucket { get; }

    /// <summary>Lets a function read and write all of the log.</summary>
    public void GrantWrite(Function function)
    {
        Describe(function);
        GrantTo(function, "GetObject", "PutObject", "PutObjectRetention");
        // Without it S3 answers 403, not 404, to what is not there.
        GrantBucketTo(function, "ListBucket");
    }

    /// <summary>Grants the named S3 actions on what everybody may read.</summary>
    public void GrantPublished(Function function, params string[] actions)
    {
        Describe(function);
        Allow(function, actions, [.. Published.Select(Bucket.ArnForObjects)]);
    }

    /// <summary>Grants the named S3 actions on the bucket itself.</summary>
    public void GrantBucket(Function function, params string[] actions) => GrantBucketTo(function, actions);

    /// <summary>Grants the named S3 actions on all of the log.</summary>
    public void GrantTo(IGrantable grantee, params string[] actions) => Allow(grantee, actions, [Bucket.ArnForObjects("*")]);

    /// <summary>Grants the named S3 actions on the bucket itself to a role that is not a function's.</summary>
    public void GrantBucketTo(IGrantable grantee, params string[] actions) => Allow(grantee, actions, [Bucket.BucketArn]);

    private void Describe(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_LOG_BUCKET", Bucket.BucketName);
    }

    private static void Allow(IGrantable grantee, string[] actions, string[] resources) =>
        Grant.AddToPrincipal(
            new GrantOnPrincipalOptions
            {
                Grantee = grantee,
                Actions = [.. actions.Select(action => "s3:" + action)],
                ResourceArns = resources,
            }
        );
}
