using FairShare.Local.DynamoDb.Model;

namespace FairShare.Local.DynamoDb.Expressions;

/// <summary>The functions that are conditions of their own.</summary>
internal sealed class ConditionFunctions(ExpressionReader reader, Func<Operand> readOperand)
{
    private static readonly HashSet<string> Types = ["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"];

    public ConditionNode Read()
    {
        var name = reader.Take().Text;
        reader.Expect("(");
        var operands = new List<Operand> { readOperand() };
        while (reader.TakeSymbol(","))
        {
            operands.Add(readOperand());
        }

        reader.Expect(")");
        return name switch
        {
            "attribute_exists" => new ExistsNode(Path(name, Demand(name, operands, 1)[0]), Wanted: true),
            "attribute_not_exists" => new ExistsNode(Path(name, Demand(name, operands, 1)[0]), Wanted: false),
            "attribute_type" => new TypeNode(Path(name, Demand(name, operands, 2)[0]), Type(operands[1])),
            "begins_with" => new BeginsWithNode(
                OperandTypes.Demand(reader, name, Demand(name, operands, 2)[0], "S", "B"), OperandTypes.Demand(reader, name, operands[1], "S", "B")),
            "contains" => new ContainsNode(Demand(name, operands, 2)[0], operands[1]),
            "if_not_exists" or "list_append" => throw reader.Refuse($"The function is not allowed in a condition expression; function: {name}"),
            _ => throw reader.Refuse($"Invalid function name; function: {name}"),
        };
    }

    private List<Operand> Demand(string function, List<Operand> operands, int count) => operands.Count == count
        ? operands
        : throw reader.Refuse(
            $"Incorrect number of operands for operator or function; operator or function: {function}, number of operands: {operands.Count}");

    private DocumentPath Path(string function, Operand operand) => operand is PathOperand path
        ? path.Path
        : throw reader.Refuse($"Operator or function requires a document path; operator or function: {function}");

    private string Type(Operand operand) => operand is ValueOperand { Value: StringValue { Text: var type } } && Types.Contains(type)
        ? type
        : throw reader.Refuse("Invalid attribute type name found; valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
}
