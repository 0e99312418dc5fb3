using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Exchange;

/// <summary>The store of documents: every version kept, nothing public, bytes only over presigned URLs.</summary>
public sealed class DocumentBucket : Construct
{
    public DocumentBucket(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        var props = PrivateBucket.Of(stage, isVersioned: true);
        // A browser needs the version id that its upload was given: it goes into the evidence of origin.
        props.Cors = [PrivateBucket.ForBrowsers("ETag", "x-amz-version-id", "x-amz-checksum-sha256")];
        props.LifecycleRules = [PrivateBucket.DropsUploads];
        Bucket = new Bucket(this, "Bucket", props);
    }

    public Bucket Bucket { get; }

    /// <summary>Grants the named S3 actions on document objects.</summary>
    public void Grant(Function function, params string[] actions)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_DOCUMENT_BUCKET", Bucket.BucketName);
        GrantTo(function, actions);
    }

    /// <summary>Grants the named S3 actions on the bucket itself.</summary>
    public void GrantBucket(Function function, params string[] actions) =>
        Amazon.CDK.AWS.IAM.Grant.AddToPrincipal(
            new GrantOnPrincipalOptions
            {
                Grantee = function,
                Actions = [.. actions.Select(action => "s3:" + action)],
                ResourceArns = [Bucket.BucketArn],
            }
        );

    /// <summary>Grants the named S3 actions on document objects to a role that is not a function's.</summary>
    public void GrantTo(IGrantable grantee, params string[] actions) =>
        Amazon.CDK.AWS.IAM.Grant.AddToPrincipal(
            new GrantOnPrincipalOptions
            {
                Grantee = grantee,
                Actions = [.. actions.Select(action => "s3:" + action)],
                ResourceArns = [Bucket.ArnForObjects("documents/*")],
            }
        );
}
