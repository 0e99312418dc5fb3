namespace TemplateHost.DynamoDb.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal static class Tokenizer
{
    private static readonly string[] Symbols = ["<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-"];

    public static List<Token> Tokenize(string text, Func<string, Exception> refuse)
    {
        var tokens = new List<Token>();
        for (var position = 0; ; )
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            if (position == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "<EOF>", position));
                return tokens;
            }

            var token =
                TokenAt(text, position) ?? throw refuse($"Syntax error; token: \"{text[position]}\", near: \"{Near(text, position)}\"");
            tokens.Add(token);
            position = token.End;
        }
    }

    private static Token? TokenAt(string text, int start)
    {
        var first = text[start];
        if (first is '#' or ':')
        {
            var end = EndOfWord(text, start + 1);
            return end == start + 1 ? null : new Token(first == '#' ? TokenKind.Name : TokenKind.Value, text[start..end], start);
        }

        if (char.IsAsciiLetter(first))
        {
            return new Token(TokenKind.Identifier, text[start..EndOfWord(text, start)], start);
        }

        if (char.IsAsciiDigit(first))
        {
            return new Token(TokenKind.Number, new string([.. text.Skip(start).TakeWhile(char.IsAsciiDigit)]), start);
        }

        return Array.Find(Symbols, symbol => text.AsSpan(start).StartsWith(symbol)) is { } found
            ? new Token(TokenKind.Symbol, found, start)
            : null;
    }

    private static int EndOfWord(string text, int start)
    {
        while (start < text.Length && IsWord(text[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private static string Near(string text, int position) => text[Math.Max(0, position - 5)..Math.Min(text.Length, position + 6)];
}

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
