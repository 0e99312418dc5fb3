using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Standing;

/// <summary>The table of work that was handed over, and of what peers answered: nothing in it is secret from its owner.</summary>
public sealed class StandingTable : Construct
{
    public StandingTable(Construct scope, string id, DeploymentStage stage)
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
    }

    public Table Table { get; }

    /// <summary>Grants the named DynamoDB actions on items of some kinds of partition.</summary>
    public void Grant(Function function, IReadOnlyList<string> partitions, params string[] actions)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_STANDING_TABLE", Table.TableName);
        function.AddToRolePolicy(PartitionGrant.On(Table.TableArn, partitions, actions));
    }
}
