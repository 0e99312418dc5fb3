using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel;

/// <summary>The members that an operation's input or a resource's properties may have; what else stands there is refused by name.</summary>
/// <remarks>
/// Written as <c>Name</c>, as <c>Name=A|B</c> where only these values are honoured, or as <c>Name(Inner Other)</c> where the members
/// of an object, or of a list's objects, are limited as well; <c>*</c> stands for any name.
/// </remarks>
internal sealed class MemberNames
{
    private readonly Dictionary<string, (MemberNames? Inner, string[] Values)> members = new(StringComparer.Ordinal);
    private readonly bool isExact;

    private MemberNames(bool isExact) => this.isExact = isExact;

    /// <summary>An unknown member passes where it asks for nothing: null, false, an empty text, list or object.</summary>
    public static MemberNames Parse(string text) => Read(text, isExact: false);

    /// <summary>An unknown member never passes; a null is a value that is not known yet.</summary>
    public static MemberNames Exactly(string text) => Read(text, isExact: true);

    public bool Has(string name) => members.ContainsKey(name);

    private static MemberNames Read(string text, bool isExact)
    {
        var words = new Queue<string>(
            text.Replace("(", " ( ", StringComparison.Ordinal)
                .Replace(")", " ) ", StringComparison.Ordinal)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        return Read(words, isExact);
    }

    /// <summary>What of a JSON input is not honoured, as <c>Name</c>, <c>Name.Inner</c> or <c>Name Value</c>; null for nothing.</summary>
    public string? UnservedOf(JsonNode? input) =>
        input switch
        {
            JsonObject given => given.Select(member => UnservedOf(member.Key, member.Value)).FirstOrDefault(found => found is not null),
            JsonArray elements => elements.Select(UnservedOf).FirstOrDefault(found => found is not null),
            _ => null,
        };

    /// <summary>The same of a form, whose names are paths: <c>Tags.member.1.Key</c>.</summary>
    public string? UnservedOf(IEnumerable<KeyValuePair<string, string>> form) =>
        form.Select(field => UnservedOf(field.Key.Split('.')[0], JsonValue.Create(field.Value))).FirstOrDefault(found => found is not null);

    /// <summary>The same of one member.</summary>
    public string? UnservedOf(string name, JsonNode? value)
    {
        if (!isExact && IsNothing(value))
        {
            return null;
        }

        if (!members.TryGetValue(name, out var member) && !members.TryGetValue("*", out member))
        {
            return name;
        }

        if (value is null)
        {
            return null;
        }

        if (member.Values.Length > 0 && Scalars(value).FirstOrDefault(scalar => !member.Values.Contains(scalar)) is { } unserved)
        {
            return $"{name} {unserved}";
        }

        return member.Inner?.UnservedOf(value) is { } inner ? $"{name}.{inner}" : null;
    }

    private static IEnumerable<string> Scalars(JsonNode? value) =>
        value is JsonArray elements ? elements.SelectMany(Scalars) : [value?.ToString() ?? ""];

    private static bool IsNothing(JsonNode? value) =>
        value switch
        {
            null or JsonObject { Count: 0 } or JsonArray { Count: 0 } => true,
            JsonValue text => text.GetValueKind() == JsonValueKind.False || text.ToString().Length == 0,
            _ => false,
        };

    private static MemberNames Read(Queue<string> words, bool isExact)
    {
        var read = new MemberNames(isExact);
        while (words.TryDequeue(out var word) && word != ")")
        {
            var parts = word.Split('=');
            MemberNames? inner = null;
            if (words.TryPeek(out var next) && next == "(")
            {
                words.Dequeue();
                inner = Read(words, isExact);
            }

            read.members[parts[0]] = (inner, parts.Length == 2 ? parts[1].Split('|') : []);
        }

        return read;
    }
}
