namespace TemplateHost.DynamoDb.Expressions;

/// <param name="Text">As written.</param>
/// <param name="Start">Where it stands in the expression.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public int End => Start + Text.Length;

    public bool Is(string keyword) => Kind == TokenKind.Identifier && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}

internal enum TokenKind
{
    Identifier,

    /// <summary>A placeholder of an attribute name, <c>#name</c>.</summary>
    Name,

    /// <summary>A placeholder of a value, <c>:value</c>.</summary>
    Value,

    /// <summary>The index of a list element.</summary>
    Number,

    Symbol,

    End,
}
