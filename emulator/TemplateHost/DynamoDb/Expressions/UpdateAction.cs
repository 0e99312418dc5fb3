using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>One action of an update: what it computes is computed on the item as it was, and then put in.</summary>
internal abstract record UpdateAction(DocumentPath Path)
{
    /// <summary>Computes on the old item what to do to the new one.</summary>
    public abstract Action<Item> Prepare(Item old);
}

internal sealed record SetAction(DocumentPath Path, Operand Value) : UpdateAction(Path)
{
    public override Action<Item> Prepare(Item old)
    {
        var value = UpdateValues.Demand(Value, old).Copy();
        return item => Path.Set(item, value);
    }
}

internal sealed record RemoveAction(DocumentPath Path) : UpdateAction(Path)
{
    public override Action<Item> Prepare(Item old) => Path.Remove;
}

/// <summary>Adds to a number or to a set; what does not exist counts as zero or empty.</summary>
internal sealed record AddAction(DocumentPath Path, AttributeValue Value) : UpdateAction(Path)
{
    public override Action<Item> Prepare(Item old)
    {
        AttributeValue sum = (Path.Find(old), Value) switch
        {
            (null, _) => Value,
            (NumberValue number, NumberValue addend) => new NumberValue(number.Number + addend.Number),
            (SetValue set, SetValue more) when set.Type == more.Type => new SetValue(set.ElementType, [.. set.Elements, .. more.Elements]),
            _ => throw Invalid.Request("An operand in the update expression has an incorrect data type"),
        };
        return item => Path.Set(item, sum);
    }
}

/// <summary>Takes elements out of a set; an empty set goes.</summary>
internal sealed record DeleteAction(DocumentPath Path, SetValue Value) : UpdateAction(Path)
{
    public override Action<Item> Prepare(Item old)
    {
        switch (Path.Find(old))
        {
            case null:
                return _ => { };
            case SetValue set when set.Type == Value.Type:
                var rest = new SetValue(set.ElementType, [.. set.Elements.Except(Value.Elements)]);
                return rest.Elements.Count == 0 ? Path.Remove : item => Path.Set(item, rest);
            default:
                throw Invalid.Request("An operand in the update expression has an incorrect data type");
        }
    }
}
