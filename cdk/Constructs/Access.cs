using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace FairShare.Cdk.Constructs;

/// <summary>Roles for people and systems outside: the auditor, and whoever sends and receives for uploaders and downloaders over the queues.</summary>
public sealed class Access : Construct
{
    public Access(Construct scope, string id, ServiceParts parts)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Auditor = RoleOf("Auditor", "Reads all evidence, changes nothing");
        parts.Evidence.GrantTo(Auditor, "GetItem", "BatchGetItem", "Query", "DescribeTable");
        AllowQueryOfIndexes(parts);
        // HeadObject, which shows an object's checksum, is allowed by the right to read the object.
        parts.Documents.GrantTo(Auditor, "GetObject", "GetObjectVersion");
        parts.Keys.Seal.Grant(Auditor, "kms:Verify", "kms:GetPublicKey", "kms:DescribeKey");
        parts.Workflow.StateMachine.Grant(Auditor, "states:ListExecutions", "states:DescribeStateMachine");
        parts.Workflow.StateMachine.GrantExecution(Auditor, "states:DescribeExecution", "states:GetExecutionHistory");
        Uploader = RoleOf("Uploader", "Sends protocol messages and receives those for uploaders");
        Downloader = RoleOf("Downloader", "Sends protocol messages and receives those for downloaders");
        foreach (var (role, queue) in new[] { (Uploader, parts.Delivery.Uploaders), (Downloader, parts.Delivery.Downloaders) })
        {
            parts.ProtocolQueue.Queue.Grant(role, "sqs:SendMessage");
            queue.Grant(role, "sqs:ReceiveMessage", "sqs:DeleteMessage");
        }
    }

    public Role Auditor { get; }

    public Role Uploader { get; }

    public Role Downloader { get; }

    private void AllowQueryOfIndexes(ServiceParts parts) => Auditor.AddToPolicy(new PolicyStatement(new PolicyStatementProps
    {
        Actions = ["dynamodb:Query"],
        Resources = [$"{parts.Evidence.Table.TableArn}/index/*"],
    }));

    private Role RoleOf(string id, string description) => new(this, id, new RoleProps
    {
        AssumedBy = new AccountRootPrincipal(),
        Description = description,
        MaxSessionDuration = Duration.Hours(12),
    });
}
