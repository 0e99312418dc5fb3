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
            if (call.Operation == "GetItem" && call.Sort.StartsWith(sort, StringComparison.Ordinal) && answer.Body["Item"] is JsonObject item)
            {
                change(world, item);
            }

            return answer;
        };

    /// <summary>A text as an attribute.</summary>
    public static JsonObject Text(string value) => new() { ["S"] = value };
}
