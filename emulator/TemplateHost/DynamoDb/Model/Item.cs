using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Model;

/// <summary>An item: attributes by name.</summary>
internal sealed class Item(Dictionary<string, AttributeValue> attributes)
{
    /// <summary>400 KB, names included.</summary>
    public const int LargestSize = 400 * 1024;

    private int? size;

    public Dictionary<string, AttributeValue> Attributes => attributes;

    /// <summary>In bytes, as DynamoDB counts them for its limits and prices.</summary>
    public int Size => size ??= attributes.Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Key) + SizeOf(attribute.Value));

    public AttributeValue? this[string name] => attributes.GetValueOrDefault(name);

    public static Item Read(JsonNode? node) =>
        new(AttributeJson.ReadMembers(node as JsonObject ?? throw Invalid.Request("An item must be a map of attribute values.")));

    public static Item Parse(string json) => Read(DeepJson.Parse(json));

    public JsonObject ToJson() => AttributeJson.WriteMembers(attributes);

    public Item Copy() => new(attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.Copy()));

    /// <summary>The item with only the named attributes.</summary>
    public Item Only(IEnumerable<string> names) =>
        new(names.Where(attributes.ContainsKey).Distinct().ToDictionary(name => name, name => attributes[name]));

    public bool SameAs(Item? other) => other is not null && new MapValue(attributes) == new MapValue(other.Attributes);

    private static int SizeOf(AttributeValue value) =>
        value switch
        {
            StringValue text => Encoding.UTF8.GetByteCount(text.Text),
            NumberValue number => ((number.Number.Digits + 1) / 2) + 1 + (number.Number.Coefficient.Sign < 0 ? 1 : 0),
            BinaryValue binary => binary.Octets.Length,
            ListValue list => 3 + list.Items.Sum(item => 1 + SizeOf(item)),
            MapValue map => 3 + map.Members.Sum(member => 1 + Encoding.UTF8.GetByteCount(member.Key) + SizeOf(member.Value)),
            SetValue set => set.Elements.Sum(SizeOf),
            _ => 1,
        };
}
