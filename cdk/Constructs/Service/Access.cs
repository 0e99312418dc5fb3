using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Tables;

namespace FairShare.Cdk.Constructs.Service;

/// <summary>
/// Roles for people and systems outside: the auditor, and whoever sends and receives for uploaders and downloaders over the queues.
/// </summary>
public sealed class Access : Construct
{
    public Access(Construct scope, string id, ServiceParts parts)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Auditor = RoleOf("Auditor", "Reads all evidence, changes nothing");
        AllowReadOfEvidence(parts.Evidence);
        // HeadObject, which shows an object's checksum, is allowed by the right to read the object.
        parts.Documents.GrantTo(Auditor, "GetObject", "GetObjectVersion");
        parts.Log.Objects.GrantRead(Auditor);
        parts.Keys.Seal.Grant(Auditor, "kms:Verify", "kms:GetPublicKey", "kms:DescribeKey");
        parts.Workflow.StateMachine.Grant(Auditor, "states:ListExecutions", "states:DescribeStateMachine");
        // Not the history: the parameters of the open wait stand there, and in them the token that ends it.
        parts.Workflow.StateMachine.GrantExecution(Auditor, "states:DescribeExecution");
        Uploader = SenderRoleOf("Uploader", "Sends protocol messages and receives those for uploaders");
        Downloader = SenderRoleOf("Downloader", "Sends protocol messages and receives those for downloaders");
        foreach (var (role, queue) in new[] { (Uploader, parts.Delivery.Uploaders), (Downloader, parts.Delivery.Downloaders) })
        {
            parts.ProtocolQueue.Queue.Grant(role, "sqs:SendMessage");
            queue.Grant(role, "sqs:ReceiveMessage", "sqs:DeleteMessage");
        }
    }

    public Role Auditor { get; }

    public Role Uploader { get; }

    public Role Downloader { get; }

    /// <summary>
    /// All items that prove anything, by named attributes only, and not the token that would end an open exchange; and the indexes, which
    /// hold keys.
    /// </summary>
    private void AllowReadOfEvidence(EvidenceTable evidence)
    {
        var table = evidence.Table.TableArn;
        Allow(
            ["dynamodb:Query"],
            [table],
            new()
            {
                ["ForAllValues:StringLike"] = new Dictionary<string, object>
                {
                    ["dynamodb:LeadingKeys"] = PartitionGrant.PatternsOf(EvidencePartitions.Audited),
                },
                ["ForAllValues:StringEquals"] = new Dictionary<string, object>
                {
                    ["dynamodb:Attributes"] = EvidencePartitions.AuditedAttributes.ToArray(),
                },
                // Of no values all are anything.
                ["Null"] = new Dictionary<string, object> { ["dynamodb:LeadingKeys"] = "false", ["dynamodb:Attributes"] = "false" },
                ["StringEquals"] = new Dictionary<string, object> { ["dynamodb:Select"] = "SPECIFIC_ATTRIBUTES" },
            }
        );
        Allow(["dynamodb:DescribeTable"], [table], null);
        Allow(["dynamodb:Query"], [.. EvidenceTable.Indexes.Select(index => $"{table}/index/{index.Name}")], null);
    }

    private void Allow(string[] actions, string[] resources, Dictionary<string, object>? conditions) =>
        Auditor.AddToPolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Actions = actions,
                    Resources = resources,
                    Conditions = conditions,
                }
            )
        );

    /// <summary>
    /// A role that several parties may assume, each under its own name: that of the IAM user, or the tag of the role that assumes it. SQS
    /// tells the handler the session's name, so no party can send what another one is bound to.
    /// </summary>
    private Role SenderRoleOf(string id, string description) =>
        new(
            this,
            id,
            new RoleProps
            {
                AssumedBy = new AccountRootPrincipal().WithConditions(
                    new Dictionary<string, object>
                    {
                        ["StringEquals"] = new Dictionary<string, object>
                        {
                            ["sts:RoleSessionName"] = new[] { "${aws:username}", "${aws:PrincipalTag/fairshare:sender}" },
                        },
                    }
                ),
                Description = description,
                MaxSessionDuration = Duration.Hours(12),
            }
        );

    private Role RoleOf(string id, string description) =>
        new(
            this,
            id,
            new RoleProps
            {
                AssumedBy = new AccountRootPrincipal(),
                Description = description,
                MaxSessionDuration = Duration.Hours(12),
            }
        );
}
