using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.JsonPaths;

/// <summary>JSON as AWS writes it into histories and answers: compact, and nothing escaped that need not be.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? node) => node is null ? "null" : node.ToJsonString(Compact);

    /// <exception cref="JsonException">Not JSON.</exception>
    public static JsonNode? Parse(string text) => JsonNode.Parse(text);
}
