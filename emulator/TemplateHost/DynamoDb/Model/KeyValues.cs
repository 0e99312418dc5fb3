using System.Text;

namespace TemplateHost.DynamoDb.Model;

/// <summary>The primary key of an item, encoded.</summary>
internal sealed record KeyValues(byte[] Hash, byte[] Range)
{
    /// <summary>The key that an item has in a table.</summary>
    /// <exception cref="Kernel.AwsException">ValidationException: an attribute of the key is missing, of another type, empty or too
    /// long.</exception>
    public static KeyValues OfItem(TableDefinition table, Item item)
    {
        foreach (var name in table.Keys.Attributes)
        {
            var value = item[name] ?? throw Invalid.Item($"One or more parameter values were invalid: Missing the key {name} in the item");
            var expected = table.AttributeTypes[name];
            if (value.Type != expected)
            {
                throw Invalid.Item(
                    $"One or more parameter values were invalid: Type mismatch for key {name} expected: {expected} actual: {value.Type}"
                );
            }
        }

        return Encode(table, item);
    }

    /// <summary>A key given as such: exactly the table's key attributes.</summary>
    /// <exception cref="Kernel.AwsException">ValidationException: the key does not match the table's schema.</exception>
    public static KeyValues OfKey(TableDefinition table, Item key)
    {
        var names = table.Keys.Attributes;
        if (key.Attributes.Count != names.Count || !names.All(name => key[name]?.Type == table.AttributeTypes[name]))
        {
            throw Invalid.Item("The provided key element does not match the schema");
        }

        return Encode(table, key);
    }

    private static KeyValues Encode(TableDefinition table, Item item)
    {
        var hash = Part(table.Keys.Hash, item, 2048, "hashkey");
        return new KeyValues(hash, table.Keys.Range is { } range ? Part(range, item, 1024, "rangekey") : []);
    }

    private static byte[] Part(string name, Item item, int limit, string kind)
    {
        var octets = KeyEncoding.Encode(item[name]!);
        return octets.Length == 0
                ? throw Invalid.Item(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                        + $"{(item[name] is StringValue ? "string" : "binary")} value. Key: {name}"
                )
            : octets.Length > limit
                ? throw Invalid.Item(
                    $"One or more parameter values were invalid: Size of {kind} has exceeded the maximum size limit "
                        + $"of{(kind == "hashkey" ? "" : " ")}{limit} bytes"
                )
            : octets;
    }

    public bool Equals(KeyValues? other) =>
        other is not null && Hash.AsSpan().SequenceEqual(other.Hash) && Range.AsSpan().SequenceEqual(other.Range);

    public override int GetHashCode() => HashCode.Combine(Encoding.Latin1.GetString(Hash), Encoding.Latin1.GetString(Range));
}
