using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>The placeholders that a request defines, and which of them its expressions used: an unused one is refused.</summary>
internal sealed class ExpressionScope
{
    private readonly Dictionary<string, string> names;
    private readonly Dictionary<string, AttributeValue> values;
    private readonly HashSet<string> used = [];
    private readonly List<ExpressionReader> opened = [];
    private bool anyExpression;

    public ExpressionScope(JsonObject input)
    {
        names = Placeholders(input, "ExpressionAttributeNames", '#').ToDictionary(name => name.Key, ReadName);
        values = Placeholders(input, "ExpressionAttributeValues", ':').ToDictionary(value => value.Key, ReadValue);
    }

    /// <summary>The top-level attributes that the expressions which were parsed name.</summary>
    public IEnumerable<string> Attributes => opened.SelectMany(reader => reader.Roots).Distinct();

    /// <summary>Opens one of the request's expressions for parsing; null when the request does not have it.</summary>
    public ExpressionReader? Open(JsonObject input, string expression)
    {
        if (input[expression] is not { } text)
        {
            return null;
        }

        anyExpression = true;
        if (text.ToString().Length == 0)
        {
            throw Refuse(expression, "The expression can not be empty;");
        }

        var reader = new ExpressionReader(expression, text.ToString(), this);
        opened.Add(reader);
        return reader;
    }

    public string Name(string placeholder, string expression)
    {
        used.Add(placeholder);
        return names.TryGetValue(placeholder, out var name)
            ? name
            : throw Refuse(
                expression,
                $"An expression attribute name used in the document path is not defined; attribute name: {placeholder}"
            );
    }

    public AttributeValue Value(string placeholder, string expression)
    {
        used.Add(placeholder);
        return values.TryGetValue(placeholder, out var value)
            ? value
            : throw Refuse(expression, $"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
    }

    /// <exception cref="AwsException">ValidationException: a placeholder that no expression uses.</exception>
    public void DemandAllUsed()
    {
        Demand("ExpressionAttributeNames", names.Keys);
        Demand("ExpressionAttributeValues", values.Keys);
    }

    public static AwsException Refuse(string expression, string why) => Invalid.Request($"Invalid {expression}: {why}");

    /// <summary>A map of placeholders: if it is there it has some, each a mark and a word.</summary>
    private static JsonObject Placeholders(JsonObject input, string map, char mark)
    {
        var placeholders = input[map] as JsonObject;
        if (placeholders is { Count: 0 })
        {
            throw Invalid.Request($"{map} must not be empty");
        }

        var wrong = placeholders
            ?.Select(placeholder => placeholder.Key)
            .FirstOrDefault(key =>
                key.Length < 2 || key[0] != mark || !key.Skip(1).All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            );
        return wrong is null ? placeholders ?? [] : throw Invalid.Request($"{map} contains invalid key: Syntax error; key: \"{wrong}\"");
    }

    private void Demand(string map, IEnumerable<string> placeholders)
    {
        var unused = placeholders.Where(placeholder => !used.Contains(placeholder)).ToList();
        if (unused.Count == 0)
        {
            return;
        }

        throw Invalid.Request(
            anyExpression
                ? $"Value provided in {map} unused in expressions: keys: {{{string.Join(", ", unused)}}}"
                : $"{map} can only be specified when using expressions"
        );
    }

    private static string ReadName(KeyValuePair<string, JsonNode?> name) =>
        name.Value is JsonValue text && text.TryGetValue(out string? attribute)
            ? attribute
            : throw new AwsException("SerializationException", $"The attribute name of {name.Key} is not a string.");

    private static AttributeValue ReadValue(KeyValuePair<string, JsonNode?> value)
    {
        try
        {
            return AttributeJson.Read(value.Value);
        }
        catch (AwsException invalid) when (invalid.Code == "ValidationException")
        {
            throw Invalid.Request($"ExpressionAttributeValues contains invalid value: {invalid.Message} for key {value.Key}");
        }
    }
}
