using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>What every stored item must keep to.</summary>
internal static class ItemRules
{
    private const int DeepestNesting = 32;

    /// <exception cref="Kernel.AwsException">ValidationException: too large, too deep, or with a key of an index of another
    /// type.</exception>
    public static void Demand(TableDefinition table, Item item, bool isUpdate = false)
    {
        if (item.Size > Item.LargestSize)
        {
            throw Invalid.Item($"Item size {(isUpdate ? "to update " : "")}has exceeded the maximum allowed size");
        }

        if (item.Attributes.Values.Any(value => Depth(value) > DeepestNesting))
        {
            throw Invalid.Item("Nesting Levels have exceeded supported limits");
        }

        foreach (var index in table.Indexes)
        {
            DemandIndexKeys(table, index, item);
        }
    }

    private static void DemandIndexKeys(TableDefinition table, IndexDefinition index, Item item)
    {
        foreach (var name in index.Keys.Attributes)
        {
            var expected = table.AttributeTypes[name];
            if (item[name] is { } value && value.Type != expected)
            {
                throw Invalid.Item(
                    $"One or more parameter values were invalid: Type mismatch for Index Key {name} Expected: {expected} Actual: "
                        + $"{value.Type} IndexName: {index.Name}"
                );
            }

            if (item[name] is StringValue { Text: "" } or BinaryValue { Octets.Length: 0 })
            {
                throw Invalid.Item(
                    "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The "
                        + $"AttributeValue for a key attribute cannot contain an empty string value. "
                        + $"IndexName: {index.Name}, IndexKey: {name}"
                );
            }
        }
    }

    private static int Depth(AttributeValue value) =>
        value switch
        {
            ListValue list => 1 + list.Items.Select(Depth).DefaultIfEmpty().Max(),
            MapValue map => 1 + map.Members.Values.Select(Depth).DefaultIfEmpty().Max(),
            _ => 0,
        };
}
