using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Aws.Table;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Tables;

namespace FairShare.Cdk.Constructs.Evidence;

/// <summary>The single table of parties, documents, exchanges and evidence; its access patterns are in docs/evidence-table.md.</summary>
public sealed class EvidenceTable : Construct
{
    private const string LeadingKeys = "dynamodb:LeadingKeys";

    public EvidenceTable(Construct scope, string id, DeploymentStage stage)
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
                Encryption = stage.HasTableKey ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.AWS_MANAGED,
                EncryptionKey = stage.HasTableKey ? TableKey.Create(this, stage) : null,
                PointInTimeRecovery = true,
                TimeToLiveAttribute = "expiresAt",
                // The log takes its tokens from it.
                Stream = StreamViewType.NEW_IMAGE,
                ContributorInsightsEnabled = stage.IsTraced ? true : null,
                DeletionProtection = stage.ProtectsData,
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
        // The Table construct renders its policy before statements are added.
        ((CfnTable)Table.Node.DefaultChild!).ResourcePolicy = new CfnTable.ResourcePolicyProperty { PolicyDocument = policy };
        foreach (var index in Indexes)
        {
            Table.AddGlobalSecondaryIndex(KeyIndex.Of(index));
        }
    }

    /// <summary>All indexes of the table.</summary>
    public static IReadOnlyList<TableIndex> Indexes { get; } =
    [
        TableIndex.DocumentsByListing,
        TableIndex.ExchangesByDocument,
        TableIndex.EndingsByUploader,
        TableIndex.EndingsByDownloader,
        TableIndex.EndingsByState,
    ];

    public Table Table { get; }

    private readonly PolicyDocument policy = new();

    /// <summary>Grants the named DynamoDB actions on items of one kind of partition.</summary>
    public void Grant(Function function, string partition, params string[] actions) => Grant(function, [partition], actions);

    /// <summary>Grants the named DynamoDB actions on items of some kinds of partition, for calls that name items of several.</summary>
    public void Grant(Function function, IReadOnlyList<string> partitions, params string[] actions)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_EVIDENCE_TABLE", Table.TableName);
        GrantTo(function, partitions, actions);
    }

    /// <summary>Grants the named DynamoDB actions on items of some kinds of partition to a role that is not a function's.</summary>
    public void GrantTo(IGrantable grantee, IReadOnlyList<string> partitions, params string[] actions)
    {
        ArgumentNullException.ThrowIfNull(grantee);
        grantee.GrantPrincipal.AddToPrincipalPolicy(PartitionGrant.On(Table.TableArn, partitions, actions));
    }

    /// <summary>Grants queries of one index.</summary>
    public void GrantQuery(Function function, string index) => Allow(function, $"{Table.TableArn}/index/{index}", "dynamodb:Query");

    /// <summary>
    /// Denies to everybody, whatever any role is granted: changing or deleting what is written once, deleting keys, and putting items of a
    /// kind but by its writers. IAM cannot tell a put that creates an item from one that replaces it; the writers' conditions do.
    /// </summary>
    /// <param name="writers">The roles that may put items, by kind of partition.</param>
    public void Protect(IReadOnlyDictionary<string, IReadOnlyList<IRole>> writers)
    {
        ArgumentNullException.ThrowIfNull(writers);
        string[] removals = ["DeleteItem", "BatchWriteItem", "PartiQLDelete", "PartiQLInsert", "PartiQLUpdate"];
        Deny("EvidenceIsWrittenOnce", ["UpdateItem", .. removals], EvidencePartitions.WrittenOnce, []);
        Deny("KeysAreNeverDeleted", removals, [Partitions.Party], []);
        var heads = writers[Partitions.LogHead];
        Deny("OnlyTheSequencerMovesTheLogsHead", ["UpdateItem", .. removals], [Partitions.LogHead], heads);
        foreach (var (partition, roles) in writers.OrderBy(writer => writer.Key, StringComparer.Ordinal))
        {
            Deny($"OnlyItsWritersPut{partition.Split('#')[0]}", ["PutItem"], [partition], roles);
        }
    }

    /// <summary>
    /// Hands what is put into the table to a function, for ever until it is handled: items that may be evidence, when they are new.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="batchSize">How many items at once, at most.</param>
    /// <param name="windowSeconds">How long a batch is waited for that is not full.</param>
    public void HandTo(Function function, int batchSize, int windowSeconds)
    {
        ArgumentNullException.ThrowIfNull(function);
        var stream = Table.TableStreamArn!;
        Allow(function, stream, "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator");
        // Lambda asks for it before it makes a mapping, and the list of streams has no resource of its own.
        Allow(function, "*", "dynamodb:ListStreams");
        function.AddEventSourceMapping(
            "Evidence",
            new EventSourceMappingOptions
            {
                EventSourceArn = stream,
                StartingPosition = StartingPosition.TRIM_HORIZON,
                BatchSize = batchSize,
                MaxBatchingWindow = Amazon.CDK.Duration.Seconds(windowSeconds),
                Filters = [FilterCriteria.Filter(NewEvidence())],
            }
        );
    }

    private static Dictionary<string, object> NewEvidence() =>
        new()
        {
            ["eventName"] = FilterRule.IsEqual("INSERT"),
            ["dynamodb"] = Member(
                "Keys",
                Member("sk", Member("S", (object[])["DEPOSIT", "EXCHANGE", "ENDING", "WITHDRAWAL", Member("prefix", "KEY#")]))
            ),
        };

    private static Dictionary<string, object> Member(string name, object value) => new() { [name] = value };

    private void Deny(string id, string[] actions, IReadOnlyList<string> partitions, IReadOnlyList<IRole> butFor)
    {
        var conditions = new Dictionary<string, object>
        {
            ["ForAnyValue:StringLike"] = new Dictionary<string, object> { [LeadingKeys] = PartitionGrant.PatternsOf(partitions) },
        };
        if (butFor.Count > 0)
        {
            var roles = butFor.Select(role => role.RoleArn).ToArray();
            conditions["ArnNotEquals"] = new Dictionary<string, object> { ["aws:PrincipalArn"] = roles };
        }

        policy.AddStatements(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Sid = id,
                    Effect = Effect.DENY,
                    Principals = [new AnyPrincipal()],
                    Actions = [.. actions.Select(action => "dynamodb:" + action)],
                    // The table cannot name itself while it is being made; a table's own policy speaks of nothing else.
                    Resources = ["*"],
                    Conditions = conditions,
                }
            )
        );
    }

    // Table.Grant would always add every index: wider than what a step needs.
    private static void Allow(IGrantable grantee, string arn, params string[] actions) =>
        Amazon.CDK.AWS.IAM.Grant.AddToPrincipal(
            new GrantOnPrincipalOptions
            {
                Grantee = grantee,
                Actions = actions,
                ResourceArns = [arn],
            }
        );
}
