using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>How the SDK's members are named where AWS's API names them otherwise.</summary>
/// <param name="ToTyped">From the API's members to the SDK's.</param>
/// <param name="FromTyped">From the SDK's members to the API's.</param>
internal sealed record MemberNames(Func<JsonObject, JsonObject> ToTyped, Func<JsonNode?, JsonObject> FromTyped)
{
    public static MemberNames Same { get; } = new(input => input, answer => (JsonObject)answer!);

    /// <summary>The SDK writes each first letter large.</summary>
    public static MemberNames Camel { get; } = new(input => input, answer => (JsonObject)Lower(answer)!);

    private static JsonNode? Lower(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(char.ToLowerInvariant(member.Key[0]) + member.Key[1..], Lower(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Lower)]),
            _ => node?.DeepClone(),
        };
}
