using TemplateHost.DynamoDb.Expressions;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>The part of a table or index that a key condition names: one partition, and a run of sort keys in it.</summary>
internal sealed class KeyCondition(KeySchema keys, IReadOnlyDictionary<string, string> types)
{
    /// <exception cref="AwsException">ValidationException: not a condition on the key, or on too much or too little of
    /// it.</exception>
    public ItemRange Parse(ConditionNode condition, StoredTable table, IndexDefinition? index, bool forward)
    {
        var parts = Flatten(condition).ToList();
        if (parts.Select(Attribute).Distinct().Count() < parts.Count)
        {
            throw Invalid.Request("Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key");
        }

        var hash =
            parts.Find(part => part is ComparisonNode { Comparator: "=" } && Attribute(part) == keys.Hash) as ComparisonNode
            ?? throw Invalid.Request(
                parts.Exists(part => Attribute(part) == keys.Hash)
                    ? "Query key condition not supported"
                    : $"Query condition missed key schema element: {keys.Hash}"
            );
        var rest = parts.Where(part => part != hash).ToList();
        var all = new ItemRange(table, index, KeyEncoding.Encode(Value(hash.Right, keys.Hash)), [], null, HighInclusive: false, forward);
        if (rest.Count == 0)
        {
            return all;
        }

        return rest.Count == 1 && keys.Range is not null && Attribute(rest[0]) == keys.Range
            ? Bound(all, rest[0])
            : throw Invalid.Request(
                keys.Range is null || rest.Count > 1
                    ? "Query key condition not supported"
                    : $"Query condition missed key schema element: {keys.Range}"
            );
    }

    private ItemRange Bound(ItemRange all, ConditionNode condition)
    {
        switch (condition)
        {
            case ComparisonNode comparison:
                return Bound(all, comparison.Comparator, Encoded(comparison.Right));
            case BetweenNode between:
                return all with { Low = Encoded(between.Low), High = Encoded(between.High), HighInclusive = true };
            case BeginsWithNode begins when types[keys.Range!] != "N":
                var prefix = Encoded(begins.Prefix);
                return all with { Low = prefix, High = KeyEncoding.After(prefix) };
            default:
                throw Invalid.Request("Query key condition not supported");
        }
    }

    private static ItemRange Bound(ItemRange all, string comparator, byte[] value) =>
        comparator switch
        {
            "=" => all with { Low = value, High = value, HighInclusive = true },
            "<" => all with { High = value },
            "<=" => all with { High = value, HighInclusive = true },
            // The next octet string after a value is the value with a zero behind it.
            ">" => all with { Low = [.. value, 0] },
            ">=" => all with { Low = value },
            _ => throw Invalid.Request("Query key condition not supported"),
        };

    private byte[] Encoded(Operand operand) => KeyEncoding.Encode(Value(operand, keys.Range!));

    private AttributeValue Value(Operand operand, string attribute) =>
        operand is not ValueOperand { Value: var value } ? throw Invalid.Request("Query key condition not supported")
        : value.Type == types[attribute] ? value
        : throw Invalid.Parameter("Condition parameter type does not match schema type");

    /// <summary>The conditions that AND joins, each with its attribute on the left.</summary>
    private static IEnumerable<ConditionNode> Flatten(ConditionNode node) =>
        node switch
        {
            AndNode and => Flatten(and.Left).Concat(Flatten(and.Right)),
            ComparisonNode { Comparator: "<>" } => throw NotForKeys("<>"),
            ComparisonNode { Left: ValueOperand, Right: PathOperand } reversed =>
            [
                new ComparisonNode(
                    reversed.Comparator.Replace('<', '!').Replace('>', '<').Replace('!', '>'),
                    reversed.Right,
                    reversed.Left
                ),
            ],
            ComparisonNode or BetweenNode or BeginsWithNode => [node],
            OrNode => throw NotForKeys("OR"),
            NotNode => throw NotForKeys("NOT"),
            InNode => throw NotForKeys("IN"),
            ExistsNode { Wanted: true } => throw NotForKeys("attribute_exists"),
            ExistsNode => throw NotForKeys("attribute_not_exists"),
            TypeNode => throw NotForKeys("attribute_type"),
            _ => throw NotForKeys("contains"),
        };

    private static AwsException NotForKeys(string used) => Invalid.Request($"Invalid operator used in KeyConditionExpression: {used}");

    private static string? Attribute(ConditionNode node)
    {
        var operand = node switch
        {
            ComparisonNode comparison => comparison.Left,
            BetweenNode between => between.Value,
            BeginsWithNode begins => begins.Value,
            _ => null,
        };
        return operand is PathOperand { Path: { IsAttribute: true, Root: var root } } ? root : null;
    }
}
