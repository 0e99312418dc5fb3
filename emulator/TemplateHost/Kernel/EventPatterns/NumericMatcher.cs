using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.EventPatterns;

/// <summary>numeric: one bound, or a lower and an upper one.</summary>
internal sealed class NumericMatcher(List<(string Comparison, double Bound)> bounds) : ValueMatcher
{
    private static readonly string[] Comparisons = ["<", "<=", ">", ">=", "="];

    public static NumericMatcher Parse(JsonArray operand)
    {
        if (operand.Count is not (2 or 4))
        {
            throw new FormatException("Invalid numeric range: an operator and a number, once or twice");
        }

        List<(string Comparison, double Bound)> bounds =
        [
            .. operand
                .Chunk(2)
                .Select(pair =>
                    (
                        Text(pair[0]) is { } comparison && Comparisons.Contains(comparison)
                            ? comparison
                            : throw new FormatException($"Unrecognized numeric range operator: {pair[0]}"),
                        Number(pair[1]) ?? throw new FormatException("Value of a numeric range must be a number")
                    )
                ),
        ];
        return bounds is not [var lower, var upper] || IsRange(lower, upper)
            ? new NumericMatcher(bounds)
            : throw new FormatException("A numeric range is a lower bound and a greater upper one");
    }

    private static bool IsRange((string Comparison, double Bound) lower, (string Comparison, double Bound) upper) =>
        lower.Comparison is ">" or ">=" && upper.Comparison is "<" or "<=" && lower.Bound < upper.Bound;

    protected override bool Accepts(JsonNode? value) =>
        Number(value) is { } number
        && bounds.TrueForAll(bound =>
            bound.Comparison switch
            {
                "<" => number < bound.Bound,
                "<=" => number <= bound.Bound,
                ">" => number > bound.Bound,
                ">=" => number >= bound.Bound,
                _ => number == bound.Bound,
            }
        );
}
