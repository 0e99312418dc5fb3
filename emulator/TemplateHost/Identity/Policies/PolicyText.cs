using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Identity.Policies;

/// <summary>Policies write one value or a list of them.</summary>
internal static class PolicyText
{
    public static IReadOnlyList<string> List(JsonNode? node) =>
        node switch
        {
            null => [],
            JsonArray list => [.. list.Select(Single)],
            _ => [Single(node)],
        };

    private static string Single(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            null => "",
            _ => value.ToString(),
        };
}
