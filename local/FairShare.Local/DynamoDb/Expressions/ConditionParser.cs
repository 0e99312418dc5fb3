namespace FairShare.Local.DynamoDb.Expressions;

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

        return reader.Next.Kind == TokenKind.Identifier && reader.AfterNext.IsSymbol("(") && reader.Next.Text != "size"
            ? new ConditionFunctions(reader, ReadOperand).Read()
            : Comparison();
    }

    private ConditionNode Parenthesized()
    {
        reader.Expect("(");
        var doubled = reader.Next.IsSymbol("(");
        var inner = Or();
        reader.Expect(")");
        return doubled && inner is not (AndNode or OrNode)
            ? throw reader.Refuse("The expression has redundant parentheses;")
            : inner;
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
            throw reader.SyntaxError();
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
        return low is ValueOperand { Value: var lower } && high is ValueOperand { Value: var upper } && ValueOrder.Compare(lower, upper) > 0
            ? throw reader.Refuse(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + $"lower bound operand: AttributeValue: {OperandTypes.Describe(lower)}, upper bound operand: AttributeValue: {OperandTypes.Describe(upper)}")
            : new BetweenNode(value, low, high);
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

        if (reader.Next.Text == "size" && reader.AfterNext.IsSymbol("("))
        {
            reader.Take();
            reader.Expect("(");
            var path = reader.ReadPath();
            reader.Expect(")");
            return new SizeOperand(path);
        }

        return new PathOperand(reader.ReadPath());
    }
}
