using System.Text.Json.Nodes;
using static FairShare.Testing.StatementWords;

namespace FairShare.Cdk.Tests;

/// <summary>The tables of docs/rights.md, as the template has them.</summary>
internal sealed class RightsPage(Template template)
{
    private const string LogActions = "logs:CreateLogStream, logs:PutLogEvents";

    /// <summary>One row a statement of a role's policy, but for the leave to write its own log.</summary>
    public IEnumerable<string> Rights() =>
        [
            "| role | may | on | if |",
            "| --- | --- | --- | --- |",
            .. template.Of("AWS::IAM::Policy").SelectMany(policy => RowsOf(policy.Resource["Properties"]!)).Order(StringComparer.Ordinal),
        ];

    /// <summary>One row a statement of the table's own policy.</summary>
    public IEnumerable<string> Denials() =>
        [
            "| rule | nobody may | on | but for |",
            "| --- | --- | --- | --- |",
            .. template
                .Of("AWS::DynamoDB::Table")
                .Select(table => table.Resource["Properties"]!["ResourcePolicy"])
                .OfType<JsonNode>()
                .Single()["PolicyDocument"]!["Statement"]!
                .AsArray()
                .Select(Denial),
        ];

    /// <summary>One row a role that people or partners assume.</summary>
    public IEnumerable<string> Trust() =>
        [
            "| role | may be assumed by | if |",
            "| --- | --- | --- |",
            .. template
                .Of("AWS::IAM::Role")
                .Where(role => role.LogicalId.StartsWith("Access", StringComparison.Ordinal))
                .Select(role =>
                {
                    var statement = role.Resource["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]![0]!;
                    return $"| {Short(role.LogicalId)} | who the account lets | {Condition(statement["Condition"])} |";
                }),
        ];

    private static IEnumerable<string> RowsOf(JsonNode policy)
    {
        var role = Short(policy["Roles"]![0]!["Ref"]!.GetValue<string>());
        foreach (var statement in policy["PolicyDocument"]!["Statement"]!.AsArray().Select(node => node!))
        {
            var actions = string.Join(", ", List(statement["Action"]));
            if (actions != LogActions)
            {
                yield return $"| {role} | {(statement["Effect"]!.GetValue<string>() == "Allow" ? "" : "**not** ")}{actions} | "
                    + $"{string.Join(", ", List(statement["Resource"]))} | {Condition(statement["Condition"])} |";
            }
        }
    }

    private static string Denial(JsonNode? statement)
    {
        var keys = List(statement!["Condition"]!["ForAnyValue:StringLike"]!["dynamodb:LeadingKeys"]);
        var but = List(statement["Condition"]!["ArnNotEquals"]?["aws:PrincipalArn"]);
        return $"| {statement["Sid"]} | {string.Join(", ", List(statement["Action"]))} | {string.Join(", ", keys)} | "
            + $"{string.Join(", ", but.DefaultIfEmpty("nobody"))} |";
    }
}
