using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>Edits of the template, each of which finds what it changes, or fails.</summary>
public static class TemplateEdits
{
    /// <summary>Changes the states of the exchange's machine.</summary>
    public static Func<string, string> States(Action<JsonObject> edit) =>
        Resource(
            "ExchangeStateMachine",
            properties =>
            {
                var definition = JsonNode.Parse(properties["DefinitionString"]!.GetValue<string>())!.AsObject();
                edit(definition["States"]!.AsObject());
                properties["DefinitionString"] = definition.ToJsonString();
            }
        );

    /// <summary>Changes the properties of the one resource whose logical id begins so.</summary>
    public static Func<string, string> Resource(string logicalId, Action<JsonObject> edit) =>
        Resources(resources => edit(resources.Single(one => IsOf(one.Key, logicalId)).Value!["Properties"]!.AsObject()));

    /// <summary>Takes a resource out.</summary>
    public static Func<string, string> Without(string logicalId) =>
        Resources(resources => resources.Remove(resources.Single(one => IsOf(one.Key, logicalId)).Key));

    private static Func<string, string> Resources(Action<JsonObject> edit) =>
        template =>
        {
            var document = JsonNode.Parse(template)!;
            edit(document["Resources"]!.AsObject());
            var edited = document.ToJsonString();
            return edited != JsonNode.Parse(template)!.ToJsonString()
                ? edited
                : throw new InvalidOperationException("The edit changes nothing.");
        };

    // A logical id ends with eight digits of a hash.
    private static bool IsOf(string key, string logicalId) =>
        key.Length == logicalId.Length + 8 && key.StartsWith(logicalId, StringComparison.Ordinal);

    /// <summary>A write of a state's transaction, by its number.</summary>
    public static JsonObject Write(this JsonObject states, string state, int number) =>
        states[state]!["Parameters"]!["TransactItems"]![number]!.AsObject().Single().Value!.AsObject();

    /// <summary>Takes a member out, which must be there.</summary>
    public static void Drop(this JsonNode? node, string member)
    {
        if (!node!.AsObject().Remove(member))
        {
            throw new InvalidOperationException($"There is no {member} to drop.");
        }
    }
}
