using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Aws.Log;
using FairShare.Cdk.Constructs.Hosting;
using Objects = FairShare.Aws.Log.LogBucket;

namespace FairShare.Cdk.Constructs.Log;

/// <summary>
/// The bucket of the log. Archives and full tiles are locked as they are put, so that nobody deletes or replaces them before their time;
/// the checkpoint is replaced by the next, and partial tiles by the full one.
/// </summary>
public sealed class LogBucket : Construct
{
    private const int CheckpointDays = 30;
    private const string Tiles = "tile/*";
    private const string Archives = $"{LogArchive.Prefix}*";
    private static readonly string[] Published = [Objects.CheckpointKey, Tiles];
    private static readonly string[] Locked = [Tiles, Archives];

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

    /// <summary>Lets a function write all of the log, and read what it goes on from.</summary>
    public void GrantWrite(Function function)
    {
        Describe(function);
        Allow(function, ["PutObject"], All);
        // What the log ends with stands in the last archive: no tile is read again.
        Allow(function, ["GetObject"], Resources([Objects.CheckpointKey, Archives]));
        Allow(function, ["PutObjectRetention"], Resources(Locked));
        // Without it S3 answers 403, not 404, to what is not there.
        GrantBucketTo(function, "ListBucket");
    }

    /// <summary>Grants the named S3 actions on what everybody may read.</summary>
    public void GrantPublished(Function function, params string[] actions)
    {
        Describe(function);
        Allow(function, actions, Resources(Published));
    }

    /// <summary>Grants the named S3 actions on the bucket itself.</summary>
    public void GrantBucket(Function function, params string[] actions) => GrantBucketTo(function, actions);

    /// <summary>Lets a role that is not a function's read all of the log, and until when it is locked.</summary>
    public void GrantRead(IGrantable grantee)
    {
        Allow(grantee, ["GetObject"], All);
        Allow(grantee, ["GetObjectRetention"], Resources(Locked));
        GrantBucketTo(grantee, "ListBucket");
    }

    private string[] All => Resources([.. Published.Union(Locked)]);

    private string[] Resources(string[] keys) => [.. keys.Select(Bucket.ArnForObjects)];

    private void GrantBucketTo(IGrantable grantee, params string[] actions) => Allow(grantee, actions, [Bucket.BucketArn]);

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
