using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Audit.Items;
using FairShare.Aws.Audit;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Tables;
using Partitions = FairShare.Aws.Table.Partitions;

namespace FairShare.Cdk.Constructs.Operations;

/// <param name="Stage">The deployment's stage.</param>
/// <param name="Functions">Makes its function.</param>
/// <param name="Parameters">What it audits.</param>
public sealed record AuditorProps(DeploymentStage Stage, FunctionFactory Functions, OperationsParameters Parameters);

/// <summary>The function that audits the store every hour, by rights that let it read, and the bucket of its reports.</summary>
public sealed class Auditor : Construct
{
    private const int MemoryMegabytes = 1024;

    public Auditor(Construct scope, string id, AuditorProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(props);
        Reports = new Bucket(this, "Reports", PrivateBucket.Of(props.Stage, isVersioned: true));
        Function = props.Functions.Create("AuditStore", Duration.Minutes(15));
        ((CfnFunction)Function.Node.DefaultChild!).MemorySize = MemoryMegabytes;
        Describe(props);
        AllowReadOfTable(Table.FromTableName(this, "Evidence", props.Parameters.TableName).TableArn);
        AllowReadOfLog(Bucket.FromBucketName(this, "Log", props.Parameters.LogBucketName));
        Allow(["s3:GetObject", "s3:PutObject"], [Reports.ArnForObjects(AuditReports.CursorKey)]);
        Allow(["s3:PutObject"], [Reports.ArnForObjects($"{AuditReports.ReportPrefix}*")]);
        // Without it S3 answers 403, not 404, before the first audit.
        Allow(["s3:ListBucket"], [Reports.BucketArn]);
        _ = new Rule(
            this,
            "Hourly",
            new RuleProps { Schedule = Schedule.Rate(Duration.Hours(1)), Targets = [new LambdaFunction(Function)] }
        );
    }

    public Bucket Reports { get; }

    public Function Function { get; }

    private void Describe(AuditorProps props)
    {
        var variables = new Dictionary<string, string>
        {
            ["FAIRSHARE_EVIDENCE_TABLE"] = props.Parameters.TableName,
            ["FAIRSHARE_LOG_BUCKET"] = props.Parameters.LogBucketName,
            ["FAIRSHARE_REPORT_BUCKET"] = Reports.BucketName,
            ["FAIRSHARE_AUDITED_STORE_KEYS"] = props.Parameters.StoreKeys,
            ["FAIRSHARE_AUDITED_LOG_KEY"] = props.Parameters.LogKey,
            ["FAIRSHARE_AUDITED_LEAVES"] = props.Parameters.Leaves,
            ["FAIRSHARE_SWEPT_ITEMS"] = props.Parameters.SweptItems,
        };
        foreach (var (name, value) in variables)
        {
            Function.AddEnvironment(name, value);
        }
    }

    /// <summary>Named attributes only, and of a sweep no more than the keys: not the token that would end an open exchange.</summary>
    private void AllowReadOfTable(string table)
    {
        string[] judged = [Partitions.Party, Partitions.Deposit, Partitions.Exchange, Partitions.Store];
        Function.AddToRolePolicy(Read(table, "Query", judged, AuditedItem.Attributes));
        Function.AddToRolePolicy(Read(table, "BatchGetItem", [Partitions.Log], ["pk", "sk", "index"]));
        Function.AddToRolePolicy(Read(table, "Scan", [], ["pk", "sk"]));
    }

    private static PolicyStatement Read(string table, string action, string[] partitions, IReadOnlyList<string> attributes)
    {
        var (like, isNone) = (new Dictionary<string, object>(), new Dictionary<string, object> { ["dynamodb:Attributes"] = "false" });
        if (partitions.Length > 0)
        {
            like["dynamodb:LeadingKeys"] = PartitionGrant.PatternsOf(partitions);
            isNone["dynamodb:LeadingKeys"] = "false";
        }

        var conditions = new Dictionary<string, object>
        {
            ["ForAllValues:StringEquals"] = new Dictionary<string, object> { ["dynamodb:Attributes"] = attributes.ToArray() },
            // Of no values all are anything.
            ["Null"] = isNone,
        };
        if (like.Count > 0)
        {
            conditions["ForAllValues:StringLike"] = like;
        }

        if (action != "BatchGetItem")
        {
            conditions["StringEquals"] = new Dictionary<string, object> { ["dynamodb:Select"] = "SPECIFIC_ATTRIBUTES" };
        }

        return new PolicyStatement(
            new PolicyStatementProps
            {
                Actions = [$"dynamodb:{action}"],
                Resources = [table],
                Conditions = conditions,
            }
        );
    }

    private void AllowReadOfLog(IBucket log)
    {
        string[] read = ["checkpoint", "tile/*", "archive/*"];
        Allow(["s3:GetObject"], [.. read.Select(log.ArnForObjects)]);
        Allow(["s3:ListBucket"], [log.BucketArn]);
    }

    private void Allow(string[] actions, string[] resources) =>
        Function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources }));
}
