using System.Text.Json.Nodes;

namespace TemplateHost.StepFunctions.Integrations;

/// <summary>
/// Step Functions writes DynamoDB attribute types as the SDK for Java does (<c>Bool</c>, <c>Nul</c>, <c>Ss</c>, <c>Ns</c>, <c>Bs</c>); the
/// service's wire has them in capitals.
/// </summary>
internal static class AttributeNames
{
    private static readonly Dictionary<string, string> Wire = new()
    {
        ["Bool"] = "BOOL",
        ["Nul"] = "NULL",
        ["Ss"] = "SS",
        ["Ns"] = "NS",
        ["Bs"] = "BS",
    };

    private static readonly Dictionary<string, string> Sdk = Wire.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static JsonNode? ToWire(JsonNode? node) => Rename(node, Wire);

    public static JsonNode? FromWire(JsonNode? node) => Rename(node, Sdk);

    /// <summary>
    /// Renames the only member of an object, where that member is an attribute type; an item's own attribute of such a name holds an
    /// object, and stays.
    /// </summary>
    private static JsonNode? Rename(JsonNode? node, Dictionary<string, string> names)
    {
        if (
            node is JsonObject { Count: 1 } single
            && single.First() is { Value: not JsonObject } only
            && names.TryGetValue(only.Key, out var renamed)
        )
        {
            return new JsonObject { [renamed] = only.Value?.DeepClone() };
        }

        return node switch
        {
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Rename(member.Value, names)))),
            JsonArray elements => new JsonArray([.. elements.Select(element => Rename(element, names))]),
            _ => node?.DeepClone(),
        };
    }
}
