using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Peer;

/// <summary>
/// The table of what a peer keeps. Shares of an epoch that is over must be gone: nobody can go back to a point in time, and there is no
/// stream.
/// </summary>
public sealed class PeerTable : Construct
{
    public PeerTable(Construct scope, string id, DeploymentStage stage)
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
        function.AddEnvironment("FAIRSHARE_PEER_TABLE", Table.TableName);
        function.AddToRolePolicy(PartitionGrant.On(Table.TableArn, partitions, actions));
    }
}
