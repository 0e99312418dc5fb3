using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>The functions of conditions: those that are conditions of their own, and <c>size</c>, which is a number.</summary>
internal static class ConditionFunctions
{
    private static readonly HashSet<string> Types = ["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"];

    public static ConditionNode Condition(FunctionCall call) =>
        call.Name switch
        {
            "attribute_exists" => new ExistsNode(call.Path(1), Wanted: true),
            "attribute_not_exists" => new ExistsNode(call.Path(1), Wanted: false),
            "attribute_type" => new TypeNode(call.Demand(2)[0], Type(call)),
            "begins_with" => new BeginsWithNode(call.Demand(2, "S", "B")[0], call.DemandDistinct(2)[1]),
            "contains" => new ContainsNode(call.DemandDistinct(2)[0], call.Operands[1]),
            "if_not_exists" or "list_append" => throw call.Reader.Refuse(
                $"The function is not allowed in a condition expression; function: {call.Name}"
            ),
            _ => throw call.Unknown(),
        };

    public static Operand Number(FunctionCall call) =>
        call.Name switch
        {
            "size" => new SizeOperand(call.Demand(1, "S", "B", "L", "M", "SS", "NS", "BS")[0]),
            "attribute_exists" or "attribute_not_exists" or "attribute_type" or "begins_with" or "contains" => throw call.Misplaced(),
            "if_not_exists" or "list_append" => throw call.Reader.Refuse(
                $"The function is not allowed in a condition expression; function: {call.Name}"
            ),
            _ => throw call.Unknown(),
        };

    private static string Type(FunctionCall call)
    {
        if (call.Operands[1] is not ValueOperand { Value: var given })
        {
            throw call.Reader.Refuse(
                $"Incorrect operand type for operator or function; operator or function: {call.Name}, operand type: path"
            );
        }

        var type =
            (given as StringValue)?.Text
            ?? throw call.Reader.Refuse(
                $"Incorrect operand type for operator or function; operator or function: {call.Name}, operand type: {given.Type}"
            );
        return Types.Contains(type)
            ? type
            : throw call.Reader.Refuse($"Invalid attribute type name found; type: {type}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}");
    }
}
