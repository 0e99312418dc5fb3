using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>The value of the first that exists.</summary>
internal sealed record IfNotExistsOperand(DocumentPath Path, Operand Otherwise) : Operand
{
    public override AttributeValue? Evaluate(Item? item) => Path.Find(item) ?? Otherwise.Evaluate(item);
}

internal sealed record ListAppendOperand(Operand First, Operand Second) : Operand
{
    public override AttributeValue? Evaluate(Item? item) =>
        new ListValue([.. UpdateValues.Demand<ListValue>(First, item).Items, .. UpdateValues.Demand<ListValue>(Second, item).Items]);
}

internal sealed record SumOperand(Operand Left, Operand Right, bool Subtracts) : Operand
{
    public override AttributeValue? Evaluate(Item? item)
    {
        var left = UpdateValues.Demand<NumberValue>(Left, item).Number;
        var right = UpdateValues.Demand<NumberValue>(Right, item).Number;
        return new NumberValue(Subtracts ? left - right : left + right);
    }
}

/// <summary>Values that an update needs: they must exist and fit.</summary>
internal static class UpdateValues
{
    public static T Demand<T>(Operand operand, Item? item)
        where T : AttributeValue =>
        Demand(operand, item) as T ?? throw Invalid.Request("An operand in the update expression has an incorrect data type");

    public static AttributeValue Demand(Operand operand, Item? item) =>
        operand.Evaluate(item) ?? throw Invalid.Request("The provided expression refers to an attribute that does not exist in the item");
}
