using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.JsonPaths;

/// <summary>Reads a filter: <c>||</c> binds weaker than <c>&amp;&amp;</c>, parentheses group, <c>!</c> negates.</summary>
internal sealed class FilterParser(string text)
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];
    private int position;

    /// <summary>Where the bracket that holds the filter closes, quotes and nested brackets respected; -1 if it does not.</summary>
    public static int EndOf(string path, int start)
    {
        var depth = 0;
        for (var at = start; at < path.Length; at++)
        {
            switch (path[at])
            {
                case '\'' or '"':
                    at = path.IndexOf(path[at], at + 1) is var close and >= 0 ? close : path.Length;
                    break;
                case '[' or '(':
                    depth++;
                    break;
                case ']' when depth == 0:
                    return at;
                case ']' or ')':
                    depth--;
                    break;
            }
        }

        return -1;
    }

    public PathFilter Parse()
    {
        var filter = ParseAny();
        return position == text.Length ? filter : throw Fault();
    }

    private PathFilter ParseAny()
    {
        var left = ParseBoth();
        return TryTake("||") ? new AnyFilter(left, ParseAny()) : left;
    }

    private PathFilter ParseBoth()
    {
        var left = ParseTerm();
        return TryTake("&&") ? new BothFilter(left, ParseBoth()) : left;
    }

    private PathFilter ParseTerm()
    {
        if (TryTake("("))
        {
            var inner = ParseAny();
            return TryTake(")") ? inner : throw Fault();
        }

        if (!LooksLikeOperator("!=") && TryTake("!"))
        {
            return new NotFilter(ParseTerm());
        }

        var left = ParseOperand();
        return Operators.FirstOrDefault(TryTake) is { } found ? new ComparisonFilter(left, found, ParseOperand()) : new ExistsFilter(left);
    }

    private FilterOperand ParseOperand()
    {
        SkipSpaces();
        var start = position;
        var first = position < text.Length ? text[position] : throw Fault();
        if (first is '\'' or '"')
        {
            var close = text.IndexOf(first, position + 1);
            position = close < 0 ? throw Fault() : close + 1;
            return new FilterOperand(text[(start + 1)..close], null, false);
        }

        Advance();
        var token = text[start..position];
        return first is '@' or '$'
            ? new FilterOperand(null, JsonPath.Parse(token), first == '$')
            : new FilterOperand(Literal(token), null, false);
    }

    private void Advance()
    {
        var depth = 0;
        while (position < text.Length && (depth > 0 || text[position] is not (' ' or '=' or '!' or '<' or '>' or '&' or '|' or ')')))
        {
            depth += text[position] switch
            {
                '[' or '(' => 1,
                ']' or ')' => -1,
                _ => 0,
            };
            position++;
        }
    }

    private JsonNode? Literal(string token)
    {
        try
        {
            return JsonNode.Parse(token);
        }
        catch (JsonException)
        {
            throw Fault();
        }
    }

    private bool LooksLikeOperator(string token)
    {
        SkipSpaces();
        return string.CompareOrdinal(text, position, token, 0, token.Length) == 0;
    }

    private bool TryTake(string token)
    {
        var found = LooksLikeOperator(token);
        position += found ? token.Length : 0;
        SkipSpaces();
        return found;
    }

    private void SkipSpaces()
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }
    }

    private FormatException Fault() => new($"The filter '{text}' cannot be read at {position}.");
}
