using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>What an expression computes with.</summary>
internal abstract record Operand
{
    /// <summary>The value for an item; null when the item has none there.</summary>
    public abstract AttributeValue? Evaluate(Item? item);
}

internal sealed record PathOperand(DocumentPath Path) : Operand
{
    public override AttributeValue? Evaluate(Item? item) => Path.Find(item);
}

internal sealed record ValueOperand(AttributeValue Value) : Operand
{
    public override AttributeValue? Evaluate(Item? item) => Value;
}

/// <summary>The function <c>size</c>: characters, octets, or elements.</summary>
internal sealed record SizeOperand(Operand Of) : Operand
{
    public override AttributeValue? Evaluate(Item? item)
    {
        int? size = Of.Evaluate(item) switch
        {
            StringValue text => text.Text.Length,
            BinaryValue binary => binary.Octets.Length,
            ListValue list => list.Items.Count,
            MapValue map => map.Members.Count,
            SetValue set => set.Elements.Count,
            _ => null,
        };
        return size is { } count ? new NumberValue(DynamoNumber.Of(count)) : null;
    }
}
