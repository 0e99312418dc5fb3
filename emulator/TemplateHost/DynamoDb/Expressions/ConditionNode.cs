using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>A condition on an item; on no item, every path leads nowhere.</summary>
internal abstract record ConditionNode
{
    public abstract bool Holds(Item? item);
}

internal sealed record AndNode(ConditionNode Left, ConditionNode Right) : ConditionNode
{
    public override bool Holds(Item? item) => Left.Holds(item) && Right.Holds(item);
}

internal sealed record OrNode(ConditionNode Left, ConditionNode Right) : ConditionNode
{
    public override bool Holds(Item? item) => Left.Holds(item) || Right.Holds(item);
}

internal sealed record NotNode(ConditionNode Inner) : ConditionNode
{
    public override bool Holds(Item? item) => !Inner.Holds(item);
}

/// <summary>Values of different types are unequal and in no order; an absent value is unequal to every value.</summary>
internal sealed record ComparisonNode(string Comparator, Operand Left, Operand Right) : ConditionNode
{
    public override bool Holds(Item? item)
    {
        var (left, right) = (Left.Evaluate(item), Right.Evaluate(item));
        return Comparator switch
        {
            "=" => left is not null && left == right,
            "<>" => left is null || left != right,
            _ => ValueOrder.Compare(left, right) is { } order
                && Comparator switch
                {
                    "<" => order < 0,
                    "<=" => order <= 0,
                    ">" => order > 0,
                    _ => order >= 0,
                },
        };
    }
}

internal sealed record BetweenNode(Operand Value, Operand Low, Operand High) : ConditionNode
{
    public override bool Holds(Item? item)
    {
        var value = Value.Evaluate(item);
        return ValueOrder.Compare(value, Low.Evaluate(item)) >= 0 && ValueOrder.Compare(value, High.Evaluate(item)) <= 0;
    }
}

internal sealed record InNode(Operand Value, IReadOnlyList<Operand> Candidates) : ConditionNode
{
    public override bool Holds(Item? item) =>
        Value.Evaluate(item) is { } value && Candidates.Any(candidate => value == candidate.Evaluate(item));
}

internal sealed record ExistsNode(DocumentPath Path, bool Wanted) : ConditionNode
{
    public override bool Holds(Item? item) => Path.Find(item) is not null == Wanted;
}

internal sealed record TypeNode(Operand Value, string Type) : ConditionNode
{
    public override bool Holds(Item? item) => Value.Evaluate(item)?.Type == Type;
}

internal sealed record BeginsWithNode(Operand Value, Operand Prefix) : ConditionNode
{
    public override bool Holds(Item? item) =>
        (Value.Evaluate(item), Prefix.Evaluate(item)) switch
        {
            (StringValue text, StringValue prefix) => text.Text.StartsWith(prefix.Text, StringComparison.Ordinal),
            (BinaryValue binary, BinaryValue prefix) => binary.Octets.AsSpan().StartsWith(prefix.Octets),
            _ => false,
        };
}

internal sealed record ContainsNode(Operand Value, Operand Wanted) : ConditionNode
{
    public override bool Holds(Item? item) =>
        (Value.Evaluate(item), Wanted.Evaluate(item)) switch
        {
            (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.Ordinal),
            (BinaryValue binary, BinaryValue part) => binary.Octets.AsSpan().IndexOf(part.Octets) >= 0,
            (SetValue set, { } element) => set.Elements.Contains(element),
            (ListValue list, { } element) => list.Items.Contains(element),
            _ => false,
        };
}
