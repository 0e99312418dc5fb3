using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FairShare.Contracts.Http;

namespace FairShare.Functions.Http;

/// <summary>
/// Reads JSON from outside: no unknown members, no member twice, nothing missing, no null in a list, and no text that is none.
/// </summary>
internal static class StrictJson
{
    /// <summary>Reads a value.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="type">What it must be.</param>
    /// <param name="depth">How deep members and texts are looked at, for one whose inner part is read later; by default all.</param>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-body</c>, saying which member is wrong.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, int depth = int.MaxValue)
    {
        try
        {
            Check(json, depth);
            RequireNoNullInLists(json, depth);
            return JsonSerializer.Deserialize(json, type) ?? throw CommonProblems.InvalidBody.With("The body is null.");
        }
        catch (JsonException malformed)
        {
            throw CommonProblems.InvalidBody.With(Describe(malformed));
        }
        catch (InvalidOperationException)
        {
            // What the reader throws at octets that are no UTF-8 and at half of a surrogate pair.
            throw CommonProblems.InvalidBody.With("The body has a text that is not Unicode.");
        }
    }

    /// <summary>Whether every text in the JSON is Unicode and no member stands twice.</summary>
    public static bool IsText(string json)
    {
        try
        {
            Check(System.Text.Encoding.UTF8.GetBytes(json), int.MaxValue);
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or Core.Errors.ProtocolException)
        {
            return false;
        }
    }

    // The serializer's own message would repeat what the client sent; the path does not.
    private static string Describe(JsonException malformed) =>
        malformed.Path is { Length: > 1 } path && path.All(symbol => symbol is > ' ' and < '\u007f')
            ? $"The body is not the JSON that this call takes; see the member at {Excerpt.Of(path, 200)}."
            : "The body is not the JSON object that this call takes, with exactly its members.";

    // The serializer takes a null for an element of any type.
    private static void RequireNoNullInLists(ReadOnlySpan<byte> json, int depth)
    {
        var reader = new Utf8JsonReader(json);
        var lists = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    lists.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    lists.Pop();
                    break;
                case JsonTokenType.Null when reader.CurrentDepth <= depth && lists.TryPeek(out var isList) && isList:
                    throw CommonProblems.InvalidBody.With("The body has a null in a list.");
                default:
                    break;
            }
        }
    }

    /// <summary>Reads every text once, also those that nobody asks for: what is kept or given back must be text.</summary>
    private static void Check(ReadOnlySpan<byte> json, int depth)
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
                case JsonTokenType.PropertyName when reader.CurrentDepth <= depth && !open.Peek().Add(reader.GetString() ?? ""):
                    throw CommonProblems.InvalidBody.With("The body has a member twice.");
                case JsonTokenType.String when reader.CurrentDepth <= depth:
                    reader.GetString();
                    break;
                default:
                    break;
            }
        }
    }
}
