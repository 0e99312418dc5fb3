using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel;

/// <summary>JSON as services send and keep it: as deep as DynamoDB's 32 levels need, each of which is two of JSON.</summary>
internal static class DeepJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is not JSON, or too deep, has a member twice, or a name or a value that is not text.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> text)
    {
        RequireText(text);
        return JsonNode.Parse(text, documentOptions: Options);
    }

    /// <exception cref="JsonException">It is not JSON, or too deep.</exception>
    public static JsonNode? Parse(string text) => JsonNode.Parse(text, documentOptions: Options);

    /// <summary>Refuses names and values that are not text.</summary>
    /// <exception cref="JsonException">One is not, and then without a place; or it is not JSON.</exception>
    // Half a surrogate pair is found out when a name or value is read, which may be anywhere later; here it is one refusal.
    public static void RequireText(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException fault)
        {
            throw new JsonException("A name or a value is not text.", fault);
        }
    }

    public static byte[] Write(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            node.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}
