using Amazon.CDK;
using Amazon.CDK.AWS.CloudTrail;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using Field = Amazon.CDK.AWS.CloudTrail.CfnTrail.AdvancedFieldSelectorProperty;

namespace FairShare.Cdk.Constructs.Protection;

/// <summary>Notes who writes into buckets and the table, past the service or through it; reads are not noted, for their number.</summary>
public sealed class WriteTrail : Construct
{
    public WriteTrail(Construct scope, string id, DeploymentStage stage, ITable table, IReadOnlyList<IBucket> buckets)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(table);
        Records = new Bucket(this, "Records", PrivateBucket.Of(stage, isVersioned: true));
        // Named here, since the bucket's policy names it before it is there.
        var name = $"{Stack.Of(this).StackName}-Writes";
        var allowed = AllowTrail(name);
        var trail = new CfnTrail(
            this,
            "Trail",
            new CfnTrailProps
            {
                TrailName = name,
                S3BucketName = Records.BucketName,
                IsLogging = true,
                EnableLogFileValidation = true,
                IsMultiRegionTrail = false,
                IncludeGlobalServiceEvents = false,
                AdvancedEventSelectors = new[]
                {
                    Writes(
                        "Objects",
                        "AWS::S3::Object",
                        new Field { Field = "resources.ARN", StartsWith = [.. buckets.Select(bucket => bucket.ArnForObjects(""))] }
                    ),
                    Writes("Items", "AWS::DynamoDB::Table", new Field { Field = "resources.ARN", EqualTo = [table.TableArn] }),
                },
            }
        );
        trail.Node.AddDependency(allowed);
    }

    /// <summary>Where the records are.</summary>
    public Bucket Records { get; }

    private static CfnTrail.AdvancedEventSelectorProperty Writes(string name, string type, Field which) =>
        new()
        {
            Name = name,
            FieldSelectors = new[]
            {
                new Field { Field = "eventCategory", EqualTo = ["Data"] },
                new Field { Field = "resources.type", EqualTo = [type] },
                new Field { Field = "readOnly", EqualTo = ["false"] },
                which,
            },
        };

    // This trail and no other, of this account or another, writes here.
    private BucketPolicy AllowTrail(string name)
    {
        var trail = Stack
            .Of(this)
            .FormatArn(
                new ArnComponents
                {
                    Service = "cloudtrail",
                    Resource = "trail",
                    ResourceName = name,
                }
            );
        Allow("s3:GetBucketAcl", Records.BucketArn, new() { ["ArnEquals"] = Source() });
        Allow(
            "s3:PutObject",
            Records.ArnForObjects($"AWSLogs/{Amazon.CDK.Aws.ACCOUNT_ID}/*"),
            new()
            {
                ["ArnEquals"] = Source(),
                ["StringEquals"] = new Dictionary<string, object> { ["s3:x-amz-acl"] = "bucket-owner-full-control" },
            }
        );
        return Records.Policy!;

        Dictionary<string, object> Source() => new() { ["aws:SourceArn"] = trail };

        void Allow(string action, string resource, Dictionary<string, object> conditions) =>
            Records.AddToResourcePolicy(
                new PolicyStatement(
                    new PolicyStatementProps
                    {
                        Principals = [new ServicePrincipal("cloudtrail.amazonaws.com")],
                        Actions = [action],
                        Resources = [resource],
                        Conditions = conditions,
                    }
                )
            );
    }
}
