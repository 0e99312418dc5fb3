using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>A function and its operands, which only the function's own rules can judge.</summary>
internal sealed record FunctionCall(ExpressionReader Reader, string Name, IReadOnlyList<Operand> Operands)
{
    /// <summary>The operands, when there are as many as the function takes.</summary>
    public IReadOnlyList<Operand> Demand(int count) =>
        Operands.Count == count
            ? Operands
            : throw Reader.Refuse(
                $"Incorrect number of operands for operator or function; operator or function: {Name}, number of operands: {Operands.Count}"
            );

    /// <summary>The operands, when there are as many, and those that are given values have one of the types.</summary>
    public IReadOnlyList<Operand> Demand(int count, params string[] types) =>
        [.. Demand(count).Select(operand => OperandTypes.Demand(Reader, Name, operand, types))];

    /// <summary>The first operand, which has to be a path.</summary>
    public DocumentPath Path(int count) =>
        Demand(count)[0] is PathOperand path
            ? path.Path
            : throw Reader.Refuse($"Operator or function requires a document path; operator or function: {Name}");

    /// <summary>The operands, when there are as many, and the first is none of the others.</summary>
    public IReadOnlyList<Operand> DemandDistinct(int count)
    {
        OperandTypes.DemandDistinct(Reader, Name, Demand(count)[0], Operands[1]);
        return Operands;
    }

    public AwsException Misplaced() => Reader.Refuse($"The function is not allowed to be used this way in an expression; function: {Name}");

    public AwsException Unknown() => Reader.Refuse($"Invalid function name; function: {Name}");
}
