namespace TemplateHost.DynamoDb.Expressions;

/// <summary>
/// Condition, filter and key-condition expressions:
/// <c>or := and {OR and}; and := not {AND not}; not := NOT not | primary; primary := (or) | function | operand comparison</c>.
/// </summary>
internal sealed class ConditionParser(ExpressionReader reader)
{
    private static readonly HashSet<string> Comparators = ["=", "<>", "<", "<=", ">", ">="];

    public static ConditionNode? Parse(ExpressionReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var condition = new ConditionParser(reader).Or();
        reader.ExpectEnd();
        return condition;
    }

    private ConditionNode Or()
    {
        var left = And();
        while (reader.TakeKeyword("OR"))
        {
            left = new OrNode(left, And());
        }

        return left;
    }

    private ConditionNode And()
    {
        var left = Not();
        while (reader.TakeKeyword("AND"))
        {
            left = new AndNode(left, Not());
        }

        return left;
    }

    private ConditionNode Not() => reader.TakeKeyword("NOT") ? new NotNode(Not()) : Primary();

    private ConditionNode Primary()
    {
        if (reader.Next.IsSymbol("("))
        {
            return Parenthesized();
        }

        return reader.AtCall && reader.Next.Text != "size" ? ConditionFunctions.Condition(reader.ReadCall(ReadOperand)) : Comparison();
    }

    private ConditionNode Parenthesized()
    {
        reader.Expect("(");
        var doubled = reader.Next.IsSymbol("(");
        var inner = Or();
        reader.Expect(")");
        return doubled && inner is not (AndNode or OrNode) ? throw reader.Refuse("The expression has redundant parentheses;") : inner;
    }

    private ConditionNode Comparison()
    {
        var left = ReadOperand();
        if (reader.TakeKeyword("BETWEEN"))
        {
            var low = ReadOperand();
            var high = reader.TakeKeyword("AND") ? ReadOperand() : throw reader.SyntaxError();
            return Between(left, low, high);
        }

        if (reader.TakeKeyword("IN"))
        {
            return new InNode(left, ReadCandidates());
        }

        if (!Comparators.Contains(reader.Next.Text))
        {
            throw left is SizeOperand ? new FunctionCall(reader, "size", []).Misplaced() : reader.SyntaxError();
        }

        var comparator = reader.Take().Text;
        var right = ReadOperand();
        OperandTypes.DemandDistinct(reader, comparator, left, right);
        if (comparator is not ("=" or "<>"))
        {
            OperandTypes.DemandOrdered(reader, comparator, left, right);
        }

        return new ComparisonNode(comparator, left, right);
    }

    private BetweenNode Between(Operand value, Operand low, Operand high)
    {
        OperandTypes.DemandOrdered(reader, "BETWEEN", value, low, high);
        if (
            low is not ValueOperand { Value: var lower }
            || high is not ValueOperand { Value: var upper }
            || ValueOrder.Compare(lower, upper) <= 0
        )
        {
            return new BetweenNode(value, low, high);
        }

        var rule =
            lower.Type == upper.Type
                ? "upper bound to be greater than or equal to lower bound"
                : "same data type for lower and upper bounds";
        throw reader.Refuse(
            $"The BETWEEN operator requires {rule}; lower bound operand: AttributeValue: {OperandTypes.Describe(lower)}, "
                + $"upper bound operand: AttributeValue: {OperandTypes.Describe(upper)}"
        );
    }

    private List<Operand> ReadCandidates()
    {
        reader.Expect("(");
        var candidates = new List<Operand> { ReadOperand() };
        while (reader.TakeSymbol(","))
        {
            candidates.Add(ReadOperand());
        }

        reader.Expect(")");
        return candidates.Count <= 100
            ? candidates
            : throw reader.Refuse($"Operator or function has too many operands; operator: IN, number of operands: {candidates.Count}");
    }

    private Operand ReadOperand()
    {
        if (reader.Next.Kind == TokenKind.Value)
        {
            return new ValueOperand(reader.ReadValue());
        }

        return reader.AtCall ? ConditionFunctions.Number(reader.ReadCall(ReadOperand)) : new PathOperand(reader.ReadPath());
    }
}
