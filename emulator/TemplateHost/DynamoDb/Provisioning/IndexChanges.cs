using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Provisioning;

/// <summary>Which changes of a table's attributes and indexes CloudFormation takes.</summary>
internal static class IndexChanges
{
    /// <summary>Whether an attribute that both lists define has another type in the second: that needs another table.</summary>
    public static bool EditADefinition(string property, JsonNode? before, JsonNode? after)
    {
        if (property != "AttributeDefinitions")
        {
            return false;
        }

        var types = Types(before);
        return Types(after).Any(wanted => types[wanted.Key].Any(type => type != wanted.First()));
    }

    /// <exception cref="DeploymentException">More than DynamoDB changes in one update, or an index that would not be the same.</exception>
    public static void Demand(PropertyReader properties, TableDefinition? known, TableDefinition wanted)
    {
        if (known is null)
        {
            return;
        }

        var (before, after) = (Globals(known), Globals(wanted));
        if (before.Keys.Intersect(after.Keys).Any(name => Differ(before[name], after[name])))
        {
            throw properties.Refuse(
                "GlobalSecondaryIndexes",
                "was refused: Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights "
                    + "Specification. You can create a new GSI with a different name"
            );
        }

        if (before.Keys.Except(after.Keys).Count() + after.Keys.Except(before.Keys).Count() > 1)
        {
            throw properties.Refuse(
                "GlobalSecondaryIndexes",
                "was refused: Cannot perform more than one GSI creation or deletion in a single update"
            );
        }
    }

    private static Dictionary<string, IndexDefinition> Globals(TableDefinition table) =>
        table.Indexes.Where(index => !index.IsLocal).ToDictionary(index => index.Name);

    private static bool Differ(IndexDefinition one, IndexDefinition other) =>
        one.Keys != other.Keys || one.Projection != other.Projection || !one.Included.Order().SequenceEqual(other.Included.Order());

    private static ILookup<string, string> Types(JsonNode? definitions) =>
        (definitions as JsonArray ?? [])
            .OfType<JsonObject>()
            .ToLookup(definition => $"{definition["AttributeName"]}", definition => $"{definition["AttributeType"]}");
}
