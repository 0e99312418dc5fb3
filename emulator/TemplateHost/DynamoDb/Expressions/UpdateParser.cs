using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>Update expressions: the sections SET, REMOVE, ADD and DELETE, each at most once, in any order.</summary>
internal sealed class UpdateParser(ExpressionReader reader)
{
    public static UpdateExpression? Parse(ExpressionReader? reader) => reader is null ? null : new UpdateParser(reader).Sections();

    private UpdateExpression Sections()
    {
        var actions = new List<UpdateAction>();
        var seen = new HashSet<string>();
        do
        {
            var section = reader.Next.Text.ToUpperInvariant();
            if (section is not ("SET" or "REMOVE" or "ADD" or "DELETE"))
            {
                throw reader.SyntaxError();
            }

            reader.Take();
            if (!seen.Add(section))
            {
                throw reader.Refuse($"The \"{section}\" section can only be used once in an update expression;");
            }

            do
            {
                actions.Add(ReadAction(section));
            } while (reader.TakeSymbol(","));
        } while (reader.Next.Kind != TokenKind.End);

        PathOverlap.Refuse(reader, [.. actions.Select(action => action.Path)]);
        return new UpdateExpression(actions);
    }

    private UpdateAction ReadAction(string section)
    {
        var path = reader.ReadPath();
        switch (section)
        {
            case "SET":
                reader.Expect("=");
                return new SetAction(path, ReadSum());
            case "REMOVE":
                return new RemoveAction(path);
            case "ADD":
                return new AddAction(path, Given("ADD", "N", "SS", "NS", "BS"));
            default:
                return new DeleteAction(path, (SetValue)Given("DELETE", "SS", "NS", "BS"));
        }
    }

    private AttributeValue Given(string section, params string[] types)
    {
        if (reader.Next.Kind != TokenKind.Value)
        {
            throw reader.SyntaxError();
        }

        return ((ValueOperand)OperandTypes.Demand(reader, section, new ValueOperand(reader.ReadValue()), types)).Value;
    }

    private Operand ReadSum()
    {
        var left = ReadOperand();
        foreach (var symbol in (string[])["+", "-"])
        {
            if (reader.TakeSymbol(symbol))
            {
                return new SumOperand(
                    OperandTypes.Demand(reader, symbol, left, "N"),
                    OperandTypes.Demand(reader, symbol, ReadOperand(), "N"),
                    symbol == "-"
                );
            }
        }

        return left;
    }

    private Operand ReadOperand()
    {
        if (reader.TakeSymbol("("))
        {
            var inner = ReadSum();
            reader.Expect(")");
            return inner;
        }

        return reader.Next.Kind == TokenKind.Value ? new ValueOperand(reader.ReadValue())
            : reader.AtCall ? Function(reader.ReadCall(ReadOperand))
            : new PathOperand(reader.ReadPath());
    }

    private static Operand Function(FunctionCall call)
    {
        if (call.Operands.OfType<ListAppendOperand>().Any())
        {
            throw (call with { Name = "list_append" }).Misplaced();
        }

        return call.Name switch
        {
            "if_not_exists" => new IfNotExistsOperand(call.Path(2), call.Operands[1]),
            "list_append" => new ListAppendOperand(call.Demand(2, "L")[0], call.Operands[1]),
            _ => throw call.Unknown(),
        };
    }
}
