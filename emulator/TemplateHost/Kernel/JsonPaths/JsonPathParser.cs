using System.Globalization;
using System.Text;

namespace TemplateHost.Kernel.JsonPaths;

/// <summary>Reads the text of a <see cref="JsonPath"/>.</summary>
internal sealed class JsonPathParser(string text)
{
    private int position;

    public List<PathStep> Parse()
    {
        Expect(text.StartsWith('$') || text.StartsWith('@'), "a path starts with $");
        position = 1;
        var steps = new List<PathStep>();
        while (position < text.Length)
        {
            steps.Add(ParseStep());
        }

        return steps;
    }

    private PathStep ParseStep()
    {
        if (TryTake(".."))
        {
            return new DescendantStep(Peek == '[' ? ParseBracket() : ParseDotted());
        }

        return TryTake(".") && Peek != '[' ? ParseDotted() : ParseBracket();
    }

    private PathStep ParseDotted()
    {
        if (TryTake("*"))
        {
            return new WildcardStep();
        }

        var start = position;
        while (position < text.Length && text[position] is not ('.' or '[' or ']' or '(' or ')' or ' ' or ',' or '\'' or '"'))
        {
            position++;
        }

        Expect(position > start, "a name is missing");
        return new ChildStep(text[start..position]);
    }

    private PathStep ParseBracket()
    {
        Expect(TryTake("["), "'.' or '[' is expected");
        SkipSpaces();
        var step = Peek switch
        {
            '*' when TryTake("*") => new WildcardStep(),
            '?' => ParseFilter(),
            _ => ParseAlternatives(),
        };
        SkipSpaces();
        Expect(TryTake("]"), "']' is expected");
        return step;
    }

    private PathStep ParseAlternatives()
    {
        var alternatives = new List<PathStep>();
        do
        {
            SkipSpaces();
            alternatives.Add(Peek is '\'' or '"' ? new ChildStep(ParseQuoted()) : ParseIndexOrSlice());
            SkipSpaces();
        } while (TryTake(","));

        return alternatives.Count == 1 ? alternatives[0] : new UnionStep(alternatives);
    }

    private PathStep ParseIndexOrSlice()
    {
        var from = ParseInteger();
        if (!TryTake(":"))
        {
            return new IndexStep(from ?? throw Fault("an index is missing"));
        }

        var to = ParseInteger();
        var step = TryTake(":") ? ParseInteger() ?? 1 : 1;
        Expect(step > 0, "a slice goes forwards");
        return new SliceStep(from, to, step);
    }

    private int? ParseInteger()
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || (position == start && text[position] == '-')))
        {
            position++;
        }

        return position == start ? null
            : int.TryParse(text.AsSpan(start, position - start), CultureInfo.InvariantCulture, out var value) ? value
            : throw Fault("an index is wrong");
    }

    private string ParseQuoted()
    {
        var quote = text[position++];
        var name = new StringBuilder();
        while (position < text.Length && text[position] != quote)
        {
            position += text[position] == '\\' && position + 1 < text.Length ? 1 : 0;
            name.Append(text[position++]);
        }

        Expect(position < text.Length, "a quote is not closed");
        position++;
        return name.ToString();
    }

    private FilterStep ParseFilter()
    {
        position++;
        var end = FilterParser.EndOf(text, position);
        Expect(end > position, "a filter is not closed");
        var filter = new FilterParser(text[position..end]).Parse();
        position = end;
        return new FilterStep(filter);
    }

    private char Peek => position < text.Length ? text[position] : '\0';

    private bool TryTake(string token)
    {
        var found = string.CompareOrdinal(text, position, token, 0, token.Length) == 0;
        position += found ? token.Length : 0;
        return found;
    }

    private void SkipSpaces()
    {
        while (Peek == ' ')
        {
            position++;
        }
    }

    private void Expect(bool condition, string what)
    {
        if (!condition)
        {
            throw Fault(what);
        }
    }

    private FormatException Fault(string what) => new($"The path '{text}' is not a JSONPath: {what} at {position}.");
}
