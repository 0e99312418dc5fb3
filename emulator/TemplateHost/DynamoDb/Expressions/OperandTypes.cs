using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>Checks of given values that DynamoDB makes before it looks at any item.</summary>
internal static class OperandTypes
{
    public static void DemandOrdered(ExpressionReader reader, string comparator, params ReadOnlySpan<Operand> operands)
    {
        foreach (var operand in operands)
        {
            if (operand is ValueOperand { Value.Type: not ("S" or "N" or "B") and var type })
            {
                throw reader.Refuse(
                    $"Incorrect operand type for operator or function; operator or function: {comparator}, operand type: {type}"
                );
            }
        }
    }

    /// <summary>To compare an attribute with itself is taken for a mistake.</summary>
    public static void DemandDistinct(ExpressionReader reader, string function, Operand first, Operand second)
    {
        if (
            first is PathOperand { Path: var path }
            && second is PathOperand { Path: var other }
            && path.Elements.SequenceEqual(other.Elements)
        )
        {
            throw reader.Refuse(
                "The first operand must be distinct from the remaining operands for this operator or function; operator: "
                    + $"{function}, first operand: {path}"
            );
        }
    }

    public static Operand Demand(ExpressionReader reader, string function, Operand operand, params string[] types) =>
        operand is ValueOperand { Value.Type: var type } && !types.Contains(type)
            ? throw reader.Refuse(
                $"Incorrect operand type for operator or function; operator or function: {function}, operand type: {type}"
            )
            : operand;

    public static string Describe(AttributeValue value) => $"{{{value.Type}:{AttributeJson.Write(value)[value.Type]}}}";
}
