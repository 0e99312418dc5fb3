using Amazon.CDK.AWS.IAM;

namespace FairShare.Cdk.Constructs.Tables;

/// <summary>Leave to do something with items of some kinds of partition, and of no others.</summary>
public static class PartitionGrant
{
    private const string LeadingKeys = "dynamodb:LeadingKeys";

    /// <summary>The statement.</summary>
    /// <param name="tableArn">The table.</param>
    /// <param name="partitions">What the partition keys begin with.</param>
    /// <param name="actions">DynamoDB's actions, without their prefix.</param>
    public static PolicyStatement On(string tableArn, IReadOnlyList<string> partitions, params string[] actions) =>
        new(
            new PolicyStatementProps
            {
                Actions = [.. actions.Select(action => "dynamodb:" + action)],
                Resources = [tableArn],
                Conditions = new Dictionary<string, object>
                {
                    ["ForAllValues:StringLike"] = new Dictionary<string, object> { [LeadingKeys] = PatternsOf(partitions) },
                    // Of no values all are anything: a call without leading keys, a scan, would pass.
                    ["Null"] = new Dictionary<string, object> { [LeadingKeys] = "false" },
                },
            }
        );

    /// <summary>Patterns of <c>dynamodb:LeadingKeys</c> for kinds of partition.</summary>
    public static string[] PatternsOf(IEnumerable<string> partitions) => [.. partitions.Select(partition => partition + "*")];
}
