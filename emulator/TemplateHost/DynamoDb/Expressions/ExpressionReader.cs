using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>Walks the tokens of one expression; knows what all expressions share: paths, names, values.</summary>
internal sealed class ExpressionReader
{
    private const int LongestExpression = 4096;

    private readonly string expression;
    private readonly string text;
    private readonly ExpressionScope scope;
    private readonly List<Token> tokens;
    private int position;

    public ExpressionReader(string expression, string text, ExpressionScope scope)
    {
        (this.expression, this.text, this.scope) = (expression, text, scope);
        if (text.Length > LongestExpression)
        {
            throw Refuse($"Expression size has exceeded the maximum allowed size; expression size: {text.Length}");
        }

        tokens = Tokenizer.Tokenize(text, Refuse);
    }

    /// <summary>The attributes that the expression spoke of so far.</summary>
    public HashSet<string> Roots { get; } = [];

    public Token Next => tokens[position];

    public Token AfterNext => tokens[Math.Min(position + 1, tokens.Count - 1)];

    public AwsException Refuse(string why) => ExpressionScope.Refuse(expression, why);

    public Token Take() => tokens[position == tokens.Count - 1 ? position : position++];

    public bool TakeKeyword(string keyword) => Next.Is(keyword) && Take() is var _;

    public bool TakeSymbol(string symbol) => Next.IsSymbol(symbol) && Take() is var _;

    public void Expect(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw SyntaxError();
        }
    }

    public void ExpectEnd()
    {
        if (Next.Kind != TokenKind.End)
        {
            throw SyntaxError();
        }
    }

    public AwsException SyntaxError()
    {
        var from = tokens[Math.Max(0, position - 1)].Start;
        var to = Math.Min(text.Length, AfterNext.Kind == TokenKind.End ? text.Length : AfterNext.End);
        return Refuse($"Syntax error; token: \"{Next.Text}\", near: \"{text[from..to]}\"");
    }

    /// <summary>A document path: a name, then members and list indexes.</summary>
    public DocumentPath ReadPath()
    {
        var elements = new List<PathElement> { ReadName() };
        while (true)
        {
            if (TakeSymbol("."))
            {
                elements.Add(ReadName());
            }
            else if (TakeSymbol("["))
            {
                elements.Add(
                    new PathElement(
                        null,
                        Next.Kind == TokenKind.Number && int.TryParse(Take().Text, out var index) ? index : throw SyntaxError()
                    )
                );
                Expect("]");
            }
            else
            {
                Roots.Add(elements[0].Name!);
                return new DocumentPath(elements);
            }
        }
    }

    /// <summary>Whether a function's name and its parenthesis come next.</summary>
    public bool AtCall => Next.Kind == TokenKind.Identifier && AfterNext.IsSymbol("(");

    /// <summary>A function's name, and its operands: as many as there are.</summary>
    public FunctionCall ReadCall(Func<Operand> readOperand)
    {
        var name = Take().Text;
        Expect("(");
        var operands = new List<Operand> { readOperand() };
        while (TakeSymbol(","))
        {
            operands.Add(readOperand());
        }

        Expect(")");
        return new FunctionCall(this, name, operands);
    }

    public AttributeValue ReadValue() => scope.Value(Take().Text, expression);

    private PathElement ReadName()
    {
        if (Next.Kind == TokenKind.Name)
        {
            return new PathElement(scope.Name(Take().Text, expression), 0);
        }

        if (Next.Kind != TokenKind.Identifier)
        {
            throw SyntaxError();
        }

        return ReservedWords.Contains(Next.Text)
            ? throw Refuse($"Attribute name is a reserved keyword; reserved keyword: {Next.Text}")
            : new PathElement(Take().Text, 0);
    }
}
