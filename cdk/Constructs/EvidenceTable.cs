using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace FairShare.Cdk.Constructs;

/// <summary>The single table of parties, documents, exchanges and evidence; its access patterns are in docs/evidence-table.md.</summary>
public sealed class EvidenceTable : Construct
{
    public const string DocumentsByListing = "documentsByListing";
    public const string ExchangesByDocument = "exchangesByDocument";
    public const string EndingsByUploader = "endingsByUploader";
    public const string EndingsByDownloader = "endingsByDownloader";

    public EvidenceTable(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        Table = new Table(this, "Table", new TableProps
        {
            PartitionKey = Text("pk"),
            SortKey = Text("sk"),
            BillingMode = BillingMode.PAY_PER_REQUEST,
            Encryption = TableEncryption.AWS_MANAGED,
            PointInTimeRecovery = true,
            TimeToLiveAttribute = "expiresAt",
            DeletionProtection = stage.ProtectsData,
            RemovalPolicy = stage.EvidenceRemovalPolicy,
        });
        AddIndex(DocumentsByListing, "listing", "listedAt");
        AddIndex(ExchangesByDocument, "documentId", "openedAt");
        AddIndex(EndingsByUploader, "uploader", "endedAt");
        AddIndex(EndingsByDownloader, "downloader", "endedAt");
    }

    public Table Table { get; }

    /// <summary>Grants the named DynamoDB actions on the table's items.</summary>
    public void Grant(Function function, params string[] actions)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_EVIDENCE_TABLE", Table.TableName);
        Allow(function, Table.TableArn, [.. actions.Select(action => "dynamodb:" + action)]);
    }

    /// <summary>Grants queries of one index.</summary>
    public void GrantQuery(Function function, string index) => Allow(function, $"{Table.TableArn}/index/{index}", "dynamodb:Query");

    // Table.Grant would always add every index: wider than what a step needs.
    private static void Allow(IGrantable grantee, string arn, params string[] actions) =>
        Amazon.CDK.AWS.IAM.Grant.AddToPrincipal(new GrantOnPrincipalOptions { Grantee = grantee, Actions = actions, ResourceArns = [arn] });

    /// <summary>Grants the named DynamoDB actions to a role that is not a function's.</summary>
    public void GrantTo(IGrantable grantee, params string[] actions) =>
        Allow(grantee, Table.TableArn, [.. actions.Select(action => "dynamodb:" + action)]);

    private static Attribute Text(string name) => new() { Name = name, Type = AttributeType.STRING };

    private void AddIndex(string name, string partitionKey, string sortKey) => Table.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
    {
        IndexName = name,
        PartitionKey = Text(partitionKey),
        SortKey = Text(sortKey),
        ProjectionType = ProjectionType.KEYS_ONLY,
    });
}
