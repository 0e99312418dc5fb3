using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FairShare.Functions.Http;

/// <summary>Reads JSON from outside: no unknown members, no member twice, nothing missing.</summary>
internal static class StrictJson
{
    /// <summary>Reads a value.</summary>
    /// <exception cref="Protocol.Errors.ProtocolException"><c>invalid-body</c>, saying which member is wrong.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            RefuseDuplicates(json);
            return JsonSerializer.Deserialize(json, type) ?? throw Problems.InvalidBody.With("The body is null.");
        }
        catch (JsonException malformed)
        {
            throw Problems.InvalidBody.With(Describe(malformed));
        }
    }

    // The serializer's own message would repeat what the client sent; the path does not.
    private static string Describe(JsonException malformed) => malformed.Path is { Length: > 1 } path && path.All(symbol => symbol is > ' ' and < '\u007f')
        ? $"The body is not the JSON that this call takes; see the member at {path}."
        : "The body is not the JSON object that this call takes, with exactly its members.";

    private static void RefuseDuplicates(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when !open.Peek().Add(reader.GetString() ?? ""):
                    throw Problems.InvalidBody.With("The body has a member twice.");
                default:
                    break;
            }
        }
    }
}
