using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Aws.Table;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Tables;

/// <summary>A table of items that end: keyed by pk and sk, billed on demand, encrypted, and rid of items at their time.</summary>
public abstract class TimedTable : Construct
{
    private readonly string variable;

    /// <param name="scope">What it is part of.</param>
    /// <param name="id">Its id there.</param>
    /// <param name="props">Its properties, from <see cref="PropsOf"/>.</param>
    /// <param name="variable">The environment variable that has its name.</param>
    /// <param name="index">An index of keys, by which items are listed; null where nothing is.</param>
    protected TimedTable(Construct scope, string id, TableProps props, string variable, TableIndex? index = null)
        : base(scope, id)
    {
        this.variable = variable;
        Table = new Table(this, "Table", props);
        if (index is not null)
        {
            Table.AddGlobalSecondaryIndex(KeyIndex.Of(index));
        }
    }

    public Table Table { get; }

    /// <summary>Grants the named DynamoDB actions on items of some kinds of partition.</summary>
    public void Grant(Function function, IReadOnlyList<string> partitions, params string[] actions) =>
        Allow(function, PartitionGrant.On(Table.TableArn, partitions, actions));

    /// <summary>Grants queries of one index.</summary>
    public void GrantQuery(Function function, string index) =>
        Allow(
            function,
            new PolicyStatement(new PolicyStatementProps { Actions = ["dynamodb:Query"], Resources = [$"{Table.TableArn}/index/{index}"] })
        );

    /// <summary>The properties that all of these tables have.</summary>
    protected static TableProps PropsOf(DeploymentStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return new TableProps
        {
            PartitionKey = KeyAttribute.Text("pk"),
            SortKey = KeyAttribute.Text("sk"),
            BillingMode = BillingMode.PAY_PER_REQUEST,
            Encryption = TableEncryption.AWS_MANAGED,
            TimeToLiveAttribute = "removeAt",
            DeletionProtection = stage.ProtectsData,
            RemovalPolicy = stage.EvidenceRemovalPolicy,
        };
    }

    private void Allow(Function function, PolicyStatement statement)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment(variable, Table.TableName);
        function.AddToRolePolicy(statement);
    }
}
