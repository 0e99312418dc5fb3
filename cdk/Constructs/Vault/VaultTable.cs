using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Aws.Vault;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Vault;

/// <summary>
/// The table of the vault; its items are in docs/vault-table.md. What is erased from it must be gone: nobody can go back to a point in
/// time, and its stream has keys only.
/// </summary>
public sealed class VaultTable : Construct
{
    public VaultTable(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        Table = new Table(
            this,
            "Table",
            new TableProps
            {
                PartitionKey = KeyAttribute.Text("pk"),
                SortKey = KeyAttribute.Text("sk"),
                BillingMode = BillingMode.PAY_PER_REQUEST,
                Encryption = TableEncryption.AWS_MANAGED,
                PointInTimeRecovery = false,
                TimeToLiveAttribute = "removeAt",
                Stream = StreamViewType.KEYS_ONLY,
                DeletionProtection = stage.ProtectsData,
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
        var index = VaultIndexes.ItemsByParty;
        Table.AddGlobalSecondaryIndex(
            new GlobalSecondaryIndexProps
            {
                IndexName = index.Name,
                PartitionKey = KeyAttribute.Text(index.PartitionKey),
                SortKey = KeyAttribute.Text(index.SortKey),
                ProjectionType = ProjectionType.KEYS_ONLY,
            }
        );
    }

    public Table Table { get; }

    /// <summary>Grants the named DynamoDB actions on items of some kinds of partition.</summary>
    public void Grant(Function function, IReadOnlyList<string> partitions, params string[] actions)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_VAULT_TABLE", Table.TableName);
        function.AddToRolePolicy(PartitionGrant.On(Table.TableArn, partitions, actions));
    }

    /// <summary>Grants queries of one index.</summary>
    public void GrantQuery(Function function, string index)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_VAULT_TABLE", Table.TableName);
        function.AddToRolePolicy(Allow(["dynamodb:Query"], $"{Table.TableArn}/index/{index}"));
    }

    /// <summary>
    /// Hands what may end items from the table's stream to a function: each removal of a timer or a ticket until it is handled, and nothing
    /// else.
    /// </summary>
    public void HandTo(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var stream = Table.TableStreamArn!;
        function.AddToRolePolicy(Allow(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], stream));
        // Lambda asks for it before it makes a mapping, and the list of streams has no resource of its own.
        function.AddToRolePolicy(Allow(["dynamodb:ListStreams"], "*"));
        function.AddEventSourceMapping(
            "Endings",
            new EventSourceMappingOptions
            {
                EventSourceArn = stream,
                StartingPosition = StartingPosition.TRIM_HORIZON,
                BatchSize = 100,
                ParallelizationFactor = 10,
                BisectBatchOnError = true,
                ReportBatchItemFailures = true,
                Filters = [FilterCriteria.Filter(Endings())],
            }
        );
    }

    private static Dictionary<string, object> Endings() =>
        new() { ["eventName"] = FilterRule.IsEqual("REMOVE"), ["dynamodb"] = Member("Keys", Member("sk", Member("S", SortKeys))) };

    private static object[] SortKeys => [EndingKeys.Timer, Member("prefix", EndingKeys.TicketPrefix)];

    private static Dictionary<string, object> Member(string name, object value) => new() { [name] = value };

    private static PolicyStatement Allow(string[] actions, string resource) =>
        new(new PolicyStatementProps { Actions = actions, Resources = [resource] });
}
