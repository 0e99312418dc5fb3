using System.Text.Json.Nodes;

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

    /// <summary>The conditions; that a key must be there at all goes without saying where another one asks for it.</summary>
    private static string Condition(JsonNode? condition) =>
        string.Join(
            "; ",
            (condition as JsonObject ?? [])
                .SelectMany(operation =>
                    operation
                        .Value!.AsObject()
                        .Select(key => (Operator: operation.Key, key.Key, Values: string.Join(", ", List(key.Value))))
                )
                .Where(test => test is not { Operator: "Null", Values: "false" })
                .Select(test => $"`{test.Key}` {Word(test.Operator)} {test.Values}")
        );

    private static string Word(string operation) =>
        operation switch
        {
            "ForAllValues:StringLike" => "all like",
            "ForAllValues:StringEquals" => "all of",
            "StringEquals" => "is",
            "Null" => "is absent:",
            _ => operation,
        };

    private static IEnumerable<string> List(JsonNode? node) =>
        node switch
        {
            null => [],
            JsonArray list => list.Select(Text),
            _ => [Text(node)],
        };

    /// <summary>A value with its references by name.</summary>
    private static string Text(JsonNode? node) =>
        node switch
        {
            JsonObject value when value["Fn::Join"] is { } join => string.Concat(join[1]!.AsArray().Select(Text)),
            JsonObject value when value["Fn::Select"] is { } select => Text(select[1]!["Fn::Split"]![1]),
            JsonObject value when value["Fn::GetAtt"] is { } attribute => Short(attribute[0]!.GetValue<string>()),
            JsonObject value when value["Ref"]?.GetValue<string>() is { } name => name.StartsWith("AWS::", StringComparison.Ordinal)
                ? $"<{name[5..]}>"
                : Short(name),
            _ => node!.ToString(),
        };

    /// <summary>A logical id without the eight digits that make it unique.</summary>
    private static string Short(string logicalId) =>
        logicalId.Length > 8 && logicalId[^8..].All(char.IsAsciiHexDigitUpper) ? logicalId[..^8] : logicalId;
}
