using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>The few ways in which defects change calls.</summary>
internal static class Wires
{
    /// <summary>The event as if another party had called.</summary>
    public static void CallAs(this JsonObject payload, TestParty party) =>
        payload["requestContext"]!["authorizer"]!["jwt"]!["claims"]!["sub"] = party.Id.ToString();

    /// <summary>Changes the input of an operation.</summary>
    public static WireDefect Asks(string operation, Action<MutationWorld, JsonObject> change) =>
        (world, call, next) =>
        {
            if (call.Operation == operation)
            {
                change(world, call.Body);
            }

            return next(call.Body);
        };

    /// <summary>Changes the item that a GetItem of a sort key finds.</summary>
    public static WireDefect Finds(string sort, Action<MutationWorld, JsonObject> change) =>
        async (world, call, next) =>
        {
            var answer = await next(call.Body);
            if (
                call.Operation == "GetItem"
                && call.Sort.StartsWith(sort, StringComparison.Ordinal)
                && answer.Body["Item"] is JsonObject item
            )
            {
                change(world, item);
            }

            return answer;
        };

    /// <summary>Changes the items that are found of an exchange.</summary>
    public static WireDefect Exchange(Action<MutationWorld, JsonArray> change) =>
        async (world, call, next) =>
        {
            var answer = await next(call.Body);
            if (call.Operation == "Query" && answer.Body["Items"] is JsonArray items && IsExchange(items))
            {
                change(world, items);
                answer.Body["Count"] = items.Count;
            }

            return answer;
        };

    /// <summary>Does not make a call, and goes on as if it were made.</summary>
    public static WireDefect Leaves(string operation, string answer = "{}") =>
        (_, call, next) =>
            call.Operation == operation ? Task.FromResult(new WireAnswer(200, JsonNode.Parse(answer)!.AsObject())) : next(call.Body);

    private static bool IsExchange(JsonArray items) =>
        items.Any(item => item!["pk"]!["S"]!.GetValue<string>().StartsWith("EXCHANGE#", StringComparison.Ordinal));

    /// <summary>Adds a completion to what is found of an open exchange, which does not stand in the table.</summary>
    public static void Complete(JsonArray items, params (string Name, JsonNode? Token)[] tokens)
    {
        if (items.Count != 1)
        {
            return;
        }

        var ending = items[0]!.DeepClone().AsObject();
        ending["sk"] = Text("ENDING");
        ending["state"] = Text("Completed");
        ending["endedAt"] = ending["openedAt"]!.DeepClone();
        foreach (var (name, token) in tokens)
        {
            ending[name] = Text(token!.GetValue<string>());
        }

        items.Add(ending);
    }

    /// <summary>A text as an attribute.</summary>
    public static JsonObject Text(string value) => new() { ["S"] = value };
}
