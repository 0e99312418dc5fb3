using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Model;

/// <summary>Values in DynamoDB JSON: an object of one member, named by the type.</summary>
internal static class AttributeJson
{
    private const string Empty = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";

    /// <exception cref="AwsException">ValidationException: what is wrong with the value, in DynamoDB's words.</exception>
    public static AttributeValue Read(JsonNode? node)
    {
        if (node is not JsonObject { Count: > 0 } value)
        {
            throw Invalid.Value(Empty);
        }

        if (value.Count > 1)
        {
            throw Invalid.Value(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
            );
        }

        var (type, given) = value.First();
        var content = given ?? throw Invalid.Value(Empty);
        return type switch
        {
            "S" => new StringValue(Text(content)),
            "N" => new NumberValue(DynamoNumber.Parse(Text(content))),
            "B" => new BinaryValue(Octets(content)),
            "BOOL" => new BooleanValue(content.GetValue<bool>()),
            "NULL" => content.GetValue<bool>()
                ? new NullValue()
                : throw Invalid.Parameter("Null attribute value types must have the value of true"),
            "L" => new ListValue([.. content.AsArray().Select(Read)]),
            "M" => new MapValue(ReadMembers(content.AsObject())),
            "SS" or "NS" or "BS" => ReadSet(type, content.AsArray()),
            _ => throw Invalid.Value(Empty),
        };
    }

    public static Dictionary<string, AttributeValue> ReadMembers(JsonObject members) =>
        members.ToDictionary(member => member.Key, member => Read(member.Value));

    public static JsonObject Write(AttributeValue value) => new() { [value.Type] = Content(value) };

    public static JsonObject WriteMembers(IEnumerable<KeyValuePair<string, AttributeValue>> members) =>
        new(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Write(member.Value))));

    private static JsonNode Content(AttributeValue value) =>
        value switch
        {
            StringValue text => text.Text,
            NumberValue number => number.Number.ToString(),
            BinaryValue binary => Convert.ToBase64String(binary.Octets),
            BooleanValue boolean => boolean.Value,
            NullValue => true,
            ListValue list => new JsonArray([.. list.Items.Select(Write)]),
            MapValue map => WriteMembers(map.Members),
            SetValue set => new JsonArray([.. set.Elements.Select(Content)]),
            _ => throw new InvalidOperationException($"There is no DynamoDB type {value.Type}."),
        };

    private static SetValue ReadSet(string type, JsonArray elements)
    {
        if (elements.Count == 0)
        {
            var name = type switch
            {
                "SS" => "string",
                "NS" => "number",
                _ => "binary",
            };
            throw Invalid.Parameter($"An {name} set  may not be empty");
        }

        var elementType = type[..1];
        var set = elements.Select(element => Read(new JsonObject { [elementType] = element?.DeepClone() })).ToHashSet();
        return set.Count == elements.Count
            ? new SetValue(elementType, set)
            : throw Invalid.Parameter(
                $"Input collection [{string.Join(", ", elements.Select(element => element!.ToString()))}] contains duplicates."
            );
    }

    private static string Text(JsonNode? content) =>
        content?.GetValueKind() == JsonValueKind.String
            ? content.GetValue<string>()
            : throw new AwsException("SerializationException", "A string was expected in the AttributeValue.");

    private static byte[] Octets(JsonNode? content)
    {
        try
        {
            return Convert.FromBase64String(Text(content));
        }
        catch (FormatException)
        {
            throw new AwsException("SerializationException", "Base64 was expected in the AttributeValue.");
        }
    }
}
