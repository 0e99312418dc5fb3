using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Aws.Webhooks;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Webhooks;

/// <summary>The table of webhooks; its items are in docs/webhooks.md. Nothing in it proves anything.</summary>
public sealed class WebhookTable : Construct
{
    public WebhookTable(Construct scope, string id, DeploymentStage stage)
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
                TimeToLiveAttribute = "removeAt",
                DeletionProtection = stage.ProtectsData,
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
        var index = WebhookIndexes.DeliveriesByWebhook;
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
        function.AddEnvironment("FAIRSHARE_WEBHOOK_TABLE", Table.TableName);
        function.AddToRolePolicy(PartitionGrant.On(Table.TableArn, partitions, actions));
    }

    /// <summary>Grants queries of one index.</summary>
    public void GrantQuery(Function function, string index)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_WEBHOOK_TABLE", Table.TableName);
        function.AddToRolePolicy(
            new PolicyStatement(new PolicyStatementProps { Actions = ["dynamodb:Query"], Resources = [$"{Table.TableArn}/index/{index}"] })
        );
    }
}
