using System.Text.Json;
using FairShare.Core.Errors;

namespace FairShare.Core.Encoding;

/// <summary>
/// One JSON object read strictly: no duplicate member (escapes resolved), no other types than asked for, and no member that nobody asked
/// for.
/// </summary>
internal sealed class JsonMembers
{
    private const int DepthLimit = 4;

    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private readonly string path;

    private JsonMembers(string path) => this.path = path;

    /// <summary>Parses UTF-8 that is one JSON object and nothing else.</summary>
    /// <param name="json">The octets.</param>
    /// <param name="path">How to call the object in errors; empty for a payload, whose members are named alone.</param>
    /// <exception cref="TokenException"><see cref="TokenFault.MalformedJson"/>, <see
    /// cref="TokenFault.DuplicateMember"/>.</exception>
    public static JsonMembers Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthLimit });
            reader.Read();
            var members = reader.TokenType == JsonTokenType.StartObject ? ReadObject(ref reader, path) : throw NotAnObject(path);
            return reader.Read() ? throw NotAnObject(path) : members;
        }
        // The reader reports octets that are no UTF-8, and unpaired surrogates, as an invalid operation.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw NotAnObject(path);
        }
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    public string? OptionalText(string name) => Optional<string>(name);

    public long Integer(string name) => OptionalInteger(name) ?? throw Missing(name);

    public long? OptionalInteger(string name) => Take(name) is { } value ? value as long? ?? throw Invalid(name) : null;

    public JsonMembers Object(string name) => Optional<JsonMembers>(name) ?? throw Missing(name);

    public IReadOnlyList<string>? OptionalTexts(string name) => Optional<List<string>>(name);

    /// <summary>A value of a member's text; a text that is none is refused by the member's name.</summary>
    public T Convert<T>(string name, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (ProtocolException fault) when (fault is not TokenException)
        {
            throw Invalid(name);
        }
    }

    /// <summary>Call last.</summary>
    /// <exception cref="TokenException"><see cref="TokenFault.UnknownMember"/>.</exception>
    public void RefuseOthers()
    {
        if (values.Keys.FirstOrDefault(name => !read.Contains(name)) is not null)
        {
            throw new TokenException(
                TokenFault.UnknownMember,
                path.Length == 0 ? null : path,
                "The JSON holds a member that does not belong there."
            );
        }
    }

    public TokenException Invalid(string name) =>
        new(TokenFault.InvalidMember, Path(name), $"The member {Path(name)} does not have the form that it must have.");

    private TokenException Missing(string name) => new(TokenFault.MissingMember, Path(name), $"The member {Path(name)} is missing.");

    private static TokenException NotAnObject(string path) =>
        new(TokenFault.MalformedJson, path.Length == 0 ? null : path, "The text is not one well-formed JSON object.");

    private string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private T? Optional<T>(string name)
        where T : class => Take(name) is { } value ? value as T ?? throw Invalid(name) : null;

    private object? Take(string name)
    {
        read.Add(name);
        return values.GetValueOrDefault(name);
    }

    private static JsonMembers ReadObject(ref Utf8JsonReader reader, string path)
    {
        var members = new JsonMembers(path);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!members.values.TryAdd(name, ReadValue(ref reader, members.Path(name))))
            {
                throw new TokenException(TokenFault.DuplicateMember, path.Length == 0 ? null : path, "The JSON holds a member twice.");
            }
        }

        return members;
    }

    // A value of no type that evidence uses is kept as null's stand-in, so that asking for it, or not asking, refuses it by name.
    private static object ReadValue(ref Utf8JsonReader reader, string path) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
            JsonTokenType.StartObject => ReadObject(ref reader, path),
            JsonTokenType.StartArray => ReadTexts(ref reader),
            _ => Unusable,
        };

    private static object ReadTexts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        var usable = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
            else
            {
                usable = false;
                reader.Skip();
            }
        }

        return usable ? texts : Unusable;
    }

    private static readonly object Unusable = new();
}
