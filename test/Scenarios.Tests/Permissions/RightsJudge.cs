using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Holds a template's rights against what scenarios used of them.</summary>
/// <param name="template">The template.</param>
/// <param name="used">What was used.</param>
internal sealed class RightsJudge(string template, UsedRights used)
{
    private const int IdLength = 22;

    /// <summary>Every right of the template.</summary>
    public IReadOnlyList<GrantedRight> Rights { get; } = GrantedRight.All(template);

    /// <summary>What no call relied on: rights, and values that a condition allows.</summary>
    public IEnumerable<string> Unused() =>
        Rights
            .Where(right => RightReasons.WhyUnshown(right) is null)
            .SelectMany(right => used.ResourcesOf(right.At).Count == 0 ? [$"{right}"] : UnusedValues(right))
            .Distinct();

    /// <summary>Resources that stand for more than calls need, or for whose width nobody gives a reason.</summary>
    public IEnumerable<string> Wide() =>
        Rights
            .Where(right => right.Resource.Contains('*', StringComparison.Ordinal) && RightReasons.WhyUnshown(right) is null)
            .Where(right => RightReasons.WhyWide(right) is null || !NeedsWildcard(right))
            .Select(right => $"{right}: {string.Join(", ", used.ResourcesOf(right.At))}");

    private IEnumerable<string> UnusedValues(GrantedRight right) =>
        from test in StatementWords.Tests(right.Condition)
        where test.Operator is "ForAllValues:StringLike" or "ForAllValues:StringEquals"
        let met = used.ValuesOf(right.At, test.Key)
        from value in test.Values
        where RightReasons.WhyUnmet(value) is null
        where !met.Any(one => value.EndsWith('*') ? one.StartsWith(value[..^1], StringComparison.Ordinal) : one == value)
        select $"{right}: {test.Key} {value}";

    /// <summary>
    /// Whether some call asked for what has a name that is made at run time where the wildcard stands; a name that is known when the
    /// template is written could stand there itself.
    /// </summary>
    private bool NeedsWildcard(GrantedRight right) => used.ResourcesOf(right.At).Any(arn => IsMade(InItsPlace(right.Resource, arn)));

    /// <summary>The segment of an ARN that stands where a resource has its wildcard.</summary>
    private static string InItsPlace(string resource, string arn)
    {
        if (resource == "*")
        {
            return arn;
        }

        // The bucket and whatever else is a reference stands before the first stroke.
        var stroke = resource.IndexOf('/', StringComparison.Ordinal);
        if (stroke < 0)
        {
            return arn[(arn.LastIndexOf(':') + 1)..];
        }

        var before = resource[stroke..^1];
        var at = arn.IndexOf(before, StringComparison.Ordinal);
        return at < 0 ? "" : arn[(at + before.Length)..].Split('/')[0];
    }

    // Ids, numbers and times; no name that a template has contains a digit.
    private static bool IsMade(string segment) => segment == "*" || segment.Length >= IdLength || segment.Any(char.IsAsciiDigit);
}
