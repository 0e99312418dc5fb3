using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.JsonPaths;

/// <summary>A filter expression, <c>?(@.price &lt; 10 &amp;&amp; @.kind == 'book')</c>.</summary>
internal abstract record PathFilter
{
    public abstract bool Accepts(JsonNode? candidate, JsonNode? root);
}

internal sealed record AnyFilter(PathFilter Left, PathFilter Right) : PathFilter
{
    public override bool Accepts(JsonNode? candidate, JsonNode? root) => Left.Accepts(candidate, root) || Right.Accepts(candidate, root);
}

internal sealed record BothFilter(PathFilter Left, PathFilter Right) : PathFilter
{
    public override bool Accepts(JsonNode? candidate, JsonNode? root) => Left.Accepts(candidate, root) && Right.Accepts(candidate, root);
}

internal sealed record NotFilter(PathFilter Inner) : PathFilter
{
    public override bool Accepts(JsonNode? candidate, JsonNode? root) => !Inner.Accepts(candidate, root);
}

/// <summary>True where the path names something.</summary>
internal sealed record ExistsFilter(FilterOperand Operand) : PathFilter
{
    public override bool Accepts(JsonNode? candidate, JsonNode? root) => Operand.TryResolve(candidate, root, out _);
}

internal sealed record ComparisonFilter(FilterOperand Left, string Operator, FilterOperand Right) : PathFilter
{
    public override bool Accepts(JsonNode? candidate, JsonNode? root)
    {
        if (!Left.TryResolve(candidate, root, out var left) || !Right.TryResolve(candidate, root, out var right))
        {
            return false;
        }

        return Operator switch
        {
            "==" => JsonNode.DeepEquals(left, right),
            "!=" => !JsonNode.DeepEquals(left, right),
            _ => JsonValues.Compare(left, right) is { } order && Ordered(order),
        };
    }

    private bool Ordered(int order) =>
        Operator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
}

/// <summary>One side of a comparison: a literal, or a path from the candidate (<c>@</c>) or the root (<c>$</c>).</summary>
internal sealed record FilterOperand(JsonNode? Literal, JsonPath? Path, bool FromRoot)
{
    public bool TryResolve(JsonNode? candidate, JsonNode? root, out JsonNode? value)
    {
        if (Path is null)
        {
            value = Literal;
            return true;
        }

        var found = Path.Select(FromRoot ? root : candidate);
        value = found.Count > 0 ? found[0] : null;
        return found.Count > 0;
    }
}

/// <summary>Comparisons of JSON values that both filters and Choice rules need.</summary>
internal static class JsonValues
{
    /// <summary>Orders two numbers or two strings; null where the kinds differ.</summary>
    public static int? Compare(JsonNode? left, JsonNode? right) =>
        (left?.GetValueKind(), right?.GetValueKind()) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => Number(left!).CompareTo(Number(right!)),
            (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(left!.GetValue<string>(), right!.GetValue<string>()),
            _ => null,
        };

    public static double Number(JsonNode node) => double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
