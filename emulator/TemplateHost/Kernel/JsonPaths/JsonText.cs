using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.JsonPaths;

/// <summary>JSON as AWS writes it into histories and answers: compact, and nothing escaped that need not be.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? node) => node is null ? "null" : node.ToJsonString(Compact);

    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    /// <summary>Reads JSON that somebody has sent as a text; of equal names in an object the last counts.</summary>
    /// <exception cref="JsonException">Not JSON, or a name or a value in it is not text.</exception>
    // A node of the framework finds a name that stands twice, or half a surrogate pair, when it is asked for a member: too late.
    public static JsonNode? Parse(string text)
    {
        if (text.Contains("\\u", StringComparison.Ordinal))
        {
            DeepJson.RequireText(Encoding.UTF8.GetBytes(text));
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: Once);
        }
        catch (JsonException)
        {
            using var document = JsonDocument.Parse(text);
            return LastOf(document.RootElement);
        }
    }

    private static JsonNode? LastOf(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    members[member.Name] = LastOf(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(LastOf)]);
            default:
                return JsonNode.Parse(element.GetRawText());
        }
    }
}
