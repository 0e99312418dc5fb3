using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TemplateHost.StepFunctions.Language;

/// <summary>An argument of an intrinsic function: a literal, a path, or a call.</summary>
internal abstract record IntrinsicArgument;

/// <param name="Value">The value; backslash escapes resolved.</param>
/// <param name="Raw">A string as it stands in the source: States.Format tells <c>{}</c> from <c>\{\}</c> by it.</param>
internal sealed record LiteralArgument(JsonNode? Value, string? Raw) : IntrinsicArgument;

internal sealed record PathArgument(string Path) : IntrinsicArgument;

internal sealed record IntrinsicCall(string Name, IReadOnlyList<IntrinsicArgument> Arguments) : IntrinsicArgument
{
    /// <exception cref="FormatException">The text is not a call.</exception>
    public static IntrinsicCall Parse(string text) => new IntrinsicParser(text).ParseWhole();
}

internal sealed class IntrinsicParser(string text)
{
    private const int MostNested = 10;
    private int position;
    private int depth;

    public IntrinsicCall ParseWhole()
    {
        var call = ParseCall();
        SkipSpaces();
        return position == text.Length ? call : throw Fault();
    }

    private IntrinsicCall ParseCall()
    {
        SkipSpaces();
        var open = text.IndexOf('(', position);
        if (open < 0 || ++depth > MostNested || !text.AsSpan(position).StartsWith("States."))
        {
            throw Fault();
        }

        var name = text[position..open].Trim();
        position = open + 1;
        var arguments = ParseArguments();
        depth--;
        return new IntrinsicCall(name, arguments);
    }

    private List<IntrinsicArgument> ParseArguments()
    {
        var arguments = new List<IntrinsicArgument>();
        while (!Take(')'))
        {
            if (arguments.Count > 0 && !Take(','))
            {
                throw Fault();
            }

            arguments.Add(ParseArgument());
        }

        return arguments;
    }

    private IntrinsicArgument ParseArgument()
    {
        SkipSpaces();
        return Peek switch
        {
            '\'' => ParseString(),
            '$' => new PathArgument(TakeToken()),
            'S' => ParseCall(),
            _ => ParseNumberOrWord(),
        };
    }

    private LiteralArgument ParseString()
    {
        var start = ++position;
        var value = new StringBuilder();
        while (Peek != '\'')
        {
            position += Peek == '\\' ? 1 : 0;
            value.Append(position < text.Length ? text[position++] : throw Fault());
        }

        return new LiteralArgument(value.ToString(), text[start..position++]);
    }

    private LiteralArgument ParseNumberOrWord() =>
        TakeToken().Trim() switch
        {
            "null" => new LiteralArgument(null, null),
            "true" => new LiteralArgument(true, null),
            "false" => new LiteralArgument(false, null),
            var number when long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                new LiteralArgument(whole, null),
            var number
                when double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) =>
                new LiteralArgument(real, null),
            _ => throw Fault(),
        };

    /// <summary>Text up to the comma or parenthesis that ends the argument; brackets and quotes inside a path are passed over.</summary>
    private string TakeToken()
    {
        var start = position;
        var brackets = 0;
        while (position < text.Length && (brackets > 0 || text[position] is not (',' or ')')))
        {
            brackets += text[position] switch
            {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            position++;
        }

        return text[start..position].Trim();
    }

    private bool Take(char expected)
    {
        SkipSpaces();
        var found = Peek == expected;
        position += found ? 1 : 0;
        return found;
    }

    private char Peek => position < text.Length ? text[position] : '\0';

    private void SkipSpaces()
    {
        while (Peek == ' ')
        {
            position++;
        }
    }

    private FormatException Fault() => new($"The intrinsic function '{text}' cannot be read at {position}.");
}
