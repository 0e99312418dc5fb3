using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Aws.Vault;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Tables;

namespace FairShare.Cdk.Constructs.Vault;

/// <summary>
/// The table of the vault; its items are in docs/vault-table.md. What is erased from it must be gone: nobody can go back to a point in
/// time, and its stream has keys only.
/// </summary>
public sealed class VaultTable(Construct scope, string id, DeploymentStage stage)
    : TimedTable(scope, id, WithEndings(stage), "FAIRSHARE_VAULT_TABLE", VaultIndexes.ItemsByParty)
{
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

    private static TableProps WithEndings(DeploymentStage stage)
    {
        var props = PropsOf(stage);
        props.PointInTimeRecovery = false;
        props.Stream = StreamViewType.KEYS_ONLY;
        return props;
    }

    private static Dictionary<string, object> Endings() =>
        new() { ["eventName"] = FilterRule.IsEqual("REMOVE"), ["dynamodb"] = Member("Keys", Member("sk", Member("S", SortKeys))) };

    private static object[] SortKeys => [EndingKeys.Timer, Member("prefix", EndingKeys.TicketPrefix)];

    private static Dictionary<string, object> Member(string name, object value) => new() { [name] = value };

    private static PolicyStatement Allow(string[] actions, string resource) =>
        new(new PolicyStatementProps { Actions = actions, Resources = [resource] });
}
