using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>The conditional parameters that expressions replaced in 2014: refused by name.</summary>
internal static class LegacyMembers
{
    private static readonly string[] Names =
    [
        "AttributesToGet",
        "AttributeUpdates",
        "Expected",
        "ConditionalOperator",
        "KeyConditions",
        "QueryFilter",
        "ScanFilter",
    ];

    public static void Refuse(JsonObject input)
    {
        if (Array.Find(Names, input.ContainsKey) is { } legacy)
        {
            throw Invalid.Request($"The legacy parameter {legacy} is not honoured by the embedded host: use an expression.");
        }
    }
}
