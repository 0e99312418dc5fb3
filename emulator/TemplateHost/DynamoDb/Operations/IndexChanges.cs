using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>The index changes of UpdateTable.</summary>
internal static class IndexChanges
{
    public static TableDefinition Apply(TableDefinition table, JsonObject input)
    {
        var types = new Dictionary<string, string>(table.AttributeTypes);
        foreach (var attribute in input["AttributeDefinitions"] as JsonArray ?? [])
        {
            types[attribute!["AttributeName"]!.ToString()] = attribute["AttributeType"]!.ToString();
        }

        var indexes = table.Indexes.ToList();
        foreach (var update in input["GlobalSecondaryIndexUpdates"] as JsonArray ?? [])
        {
            Apply(indexes, (JsonObject)update!);
        }

        var keys = indexes.Select(index => index.Keys).Prepend(table.Keys).SelectMany(schema => schema.Attributes).ToHashSet();
        return keys.IsSubsetOf(types.Keys)
            ? table with
            {
                Indexes = indexes,
                AttributeTypes = types.Where(type => keys.Contains(type.Key)).ToDictionary(),
            }
            : throw Invalid.Parameter("Some index key attributes are not defined in AttributeDefinitions.");
    }

    private static void Apply(List<IndexDefinition> indexes, JsonObject update)
    {
        if (update["Create"] is JsonObject create)
        {
            indexes.Add(TableDeclaration.ReadIndex(create, isLocal: false));
        }

        if (update["Delete"]?["IndexName"]?.ToString() is { } name && indexes.RemoveAll(index => index.Name == name) == 0)
        {
            throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Index: {name} not found");
        }
    }
}
