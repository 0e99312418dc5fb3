using System.Globalization;
using System.Net;

namespace TemplateHost.Identity.Policies;

/// <summary>The condition operators of IAM's policy grammar: each compares one value of the request with one of the policy.</summary>
internal static class ConditionOperators
{
    /// <summary>A negated operator holds when <b>no</b> value of the policy matches, and also when the key is absent.</summary>
    internal sealed record Operator(Func<string, string, bool> Matches, bool Negated = false);

    private static readonly Dictionary<string, Operator> Known = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = new(Same),
        ["StringNotEquals"] = new(Same, Negated: true),
        ["StringEqualsIgnoreCase"] = new(SameIgnoringCase),
        ["StringNotEqualsIgnoreCase"] = new(SameIgnoringCase, Negated: true),
        ["StringLike"] = new(Like),
        ["StringNotLike"] = new(Like, Negated: true),
        ["ArnEquals"] = new(ArnPattern.Matches),
        ["ArnLike"] = new(ArnPattern.Matches),
        ["ArnNotEquals"] = new(ArnPattern.Matches, Negated: true),
        ["ArnNotLike"] = new(ArnPattern.Matches, Negated: true),
        ["Bool"] = new(SameIgnoringCase),
        ["BinaryEquals"] = new(Same),
        ["NumericEquals"] = new(SameNumber),
        ["NumericNotEquals"] = new(SameNumber, Negated: true),
        ["NumericLessThan"] = new((actual, wanted) => Number(actual) < Number(wanted)),
        ["NumericLessThanEquals"] = new((actual, wanted) => Number(actual) <= Number(wanted)),
        ["NumericGreaterThan"] = new((actual, wanted) => Number(actual) > Number(wanted)),
        ["NumericGreaterThanEquals"] = new((actual, wanted) => Number(actual) >= Number(wanted)),
        ["DateEquals"] = new(SameDate),
        ["DateNotEquals"] = new(SameDate, Negated: true),
        ["DateLessThan"] = new((actual, wanted) => Date(actual) < Date(wanted)),
        ["DateLessThanEquals"] = new((actual, wanted) => Date(actual) <= Date(wanted)),
        ["DateGreaterThan"] = new((actual, wanted) => Date(actual) > Date(wanted)),
        ["DateGreaterThanEquals"] = new((actual, wanted) => Date(actual) >= Date(wanted)),
        ["IpAddress"] = new(InNetwork),
        ["NotIpAddress"] = new(InNetwork, Negated: true),
    };

    public static Operator? Find(string name) => Known.GetValueOrDefault(name);

    private static bool Same(string actual, string wanted) => actual == Literal(wanted);

    private static bool SameIgnoringCase(string actual, string wanted) =>
        string.Equals(actual, Literal(wanted), StringComparison.OrdinalIgnoreCase);

    private static bool Like(string actual, string wanted) => Glob.Matches(wanted, actual);

    /// <summary>What is no number equals none, not even another text that is none.</summary>
    private static bool SameNumber(string actual, string wanted) => Number(actual) is { } number && number == Number(wanted);

    private static bool SameDate(string actual, string wanted) => Date(actual) is { } date && date == Date(wanted);

    /// <summary>Outside of patterns a star is a star.</summary>
    private static string Literal(string prepared) => prepared.Replace(Glob.AnyText, '*').Replace(Glob.AnyCharacter, '?');

    private static decimal? Number(string text) =>
        decimal.TryParse(Literal(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date
        : long.TryParse(text, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : null;

    private static bool InNetwork(string actual, string wanted) =>
        IPAddress.TryParse(actual, out var address)
        && (
            IPNetwork.TryParse(wanted, out var network)
                ? network.Contains(address)
                : IPAddress.TryParse(wanted, out var single) && single.Equals(address)
        );
}
