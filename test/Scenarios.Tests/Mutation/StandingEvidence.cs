using Row = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>What stood in the table when it was last looked at: evidence that has changed or gone since was not written once.</summary>
internal sealed class StandingEvidence
{
    private static readonly string[] Kept = ["DEPOSIT", "WITHDRAWAL", "ENDING", "EXCHANGE"];

    // A wait that was opened again has another token, and that is no evidence.
    private static readonly string[] MayChange = ["taskToken"];

    // What a key's item may come to have: a retirement, which is then kept too.
    private static readonly string[] OfKeys = ["jwk", "holder", "notBefore", "notAfter", "certificate", "retiredAt"];

    private readonly Dictionary<string, Dictionary<string, string>> seen = [];

    /// <summary>Compares the table with what stood before.</summary>
    public void Compare(Picture picture, Breaks breaks)
    {
        var now = picture.Rows.DistinctBy(NameOf).ToDictionary(NameOf, Keep);
        foreach (var (name, before) in seen)
        {
            var after = now.GetValueOrDefault(name);
            foreach (var (attribute, _) in before.Where(one => after?.GetValueOrDefault(one.Key) != one.Value))
            {
                breaks(
                    name.EndsWith("ENDING", StringComparison.Ordinal) ? Promise.OneEnding : Promise.WriteOnce,
                    name,
                    $"{attribute} has changed"
                );
                breaks(Promise.WriteOnce, name, $"{attribute} has changed");
            }
        }

        foreach (var (name, kept) in now)
        {
            seen[name] = kept;
        }
    }

    private static string NameOf(Row row) => $"{row["pk"].S} {row["sk"].S}";

    private static Dictionary<string, string> Keep(Row row) =>
        row.Where(one => IsKept(row["sk"].S, one.Key)).ToDictionary(one => one.Key, one => one.Value.S ?? one.Value.N ?? "");

    private static bool IsKept(string sort, string attribute) =>
        Kept.Contains(sort)
            ? !MayChange.Contains(attribute)
            : sort.StartsWith("KEY#", StringComparison.Ordinal) && OfKeys.Contains(attribute);
}
