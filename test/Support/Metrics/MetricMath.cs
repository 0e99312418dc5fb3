using System.Globalization;

namespace FairShare.Testing.Metrics;

/// <summary>
/// CloudWatch's metric math, as far as the alarms use it: numbers, metrics by their ids, the four operations, comparisons, IF and FILL. A
/// metric without data has no value, and nothing that uses it has one, but for FILL.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
/// </summary>
/// <param name="text">The expression.</param>
/// <param name="valueOf">The value of a metric by its id; null where it has no data.</param>
public sealed class MetricMath(string text, Func<string, double?> valueOf)
{
    private int position;

    /// <summary>Computes the expression.</summary>
    /// <exception cref="FormatException">It is none, or uses what is not known here.</exception>
    public double? Compute()
    {
        position = 0;
        var value = Comparison();
        return Peek() == '\0' ? value : throw Unknown();
    }

    private double? Comparison()
    {
        var left = Sum();
        foreach (var sign in new[] { ">=", "<=", ">", "<", "==" })
        {
            if (Take(sign))
            {
                return Both(left, Sum(), (one, other) => Holds(sign, one, other) ? 1 : 0);
            }
        }

        return left;
    }

    private static bool Holds(string sign, double left, double right) =>
        sign switch
        {
            ">=" => left >= right,
            "<=" => left <= right,
            ">" => left > right,
            "<" => left < right,
            _ => left.Equals(right),
        };

    private double? Sum()
    {
        var value = Product();
        while (true)
        {
            if (Take("+"))
            {
                value = Both(value, Product(), (one, other) => one + other);
            }
            else if (Take("-"))
            {
                value = Both(value, Product(), (one, other) => one - other);
            }
            else
            {
                return value;
            }
        }
    }

    private double? Product()
    {
        var value = Factor();
        while (true)
        {
            if (Take("*"))
            {
                value = Both(value, Factor(), (one, other) => one * other);
            }
            else if (Take("/"))
            {
                // By nothing there is no value, as at CloudWatch.
                value = Factor() is { } divisor && divisor != 0 ? value / divisor : null;
            }
            else
            {
                return value;
            }
        }
    }

    private double? Factor()
    {
        if (Take("("))
        {
            var inner = Comparison();
            Demand(")");
            return inner;
        }

        if (Take("IF("))
        {
            return If();
        }

        if (Take("FILL("))
        {
            return Fill();
        }

        var word = Word();
        return word.Length == 0 ? throw Unknown()
            : char.IsAsciiDigit(word[0]) ? double.Parse(word, CultureInfo.InvariantCulture)
            : valueOf(word);
    }

    private double? If()
    {
        var condition = Comparison();
        Demand(",");
        var then = Comparison();
        Demand(",");
        var otherwise = Comparison();
        Demand(")");
        return condition is null ? null
            : condition != 0 ? then
            : otherwise;
    }

    private double? Fill()
    {
        var value = Comparison();
        Demand(",");
        var filling = Comparison();
        Demand(")");
        return value ?? filling;
    }

    private static double? Both(double? one, double? other, Func<double, double, double> compute) =>
        one is { } left && other is { } right ? compute(left, right) : null;

    private char Peek()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position < text.Length ? text[position] : '\0';
    }

    private bool Take(string sign)
    {
        Peek();
        var stands = string.CompareOrdinal(text, position, sign, 0, sign.Length) == 0;
        position += stands ? sign.Length : 0;
        return stands;
    }

    private string Word()
    {
        Peek();
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '_' or '.'))
        {
            position++;
        }

        return text[start..position];
    }

    private void Demand(string sign)
    {
        if (!Take(sign))
        {
            throw Unknown();
        }
    }

    private FormatException Unknown() => new($"The expression is not understood at {position}: {text}");
}
