using System.Text.Json.Nodes;

namespace TemplateHost.EventBridge.Patterns;

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

        return new NumericMatcher([
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
        ]);
    }

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
