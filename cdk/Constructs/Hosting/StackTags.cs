using System.Text.RegularExpressions;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>The tags that CloudFormation puts on all resources of a stack.</summary>
internal static partial class StackTags
{
    /// <summary>The tag by which costs of a stage are told from others.</summary>
    public const string Stage = "fairshare-stage";

    /// <summary>The stage's, and those of <c>-c tags=KEY=VALUE,…</c>.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="given">As the context has them; null for none.</param>
    public static Dictionary<string, string> Of(string stage, string? given) => new(Read(given ?? "")!) { [Stage] = stage };

    /// <summary>Reads a list of tags; null for one that AWS would not take, or that has the stage's.</summary>
    public static Dictionary<string, string>? Read(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                pair.Split('=') is not [{ Length: > 0 and <= 128 } key, { Length: <= 256 } value]
                || !Text().IsMatch(key)
                || !Text().IsMatch(value)
                || key == Stage
                || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
                || !tags.TryAdd(key, value)
            )
            {
                return null;
            }
        }

        return tags;
    }

    // What every service of AWS takes in a tag, but for the signs that separate tags here; no space at either end.
    [GeneratedRegex(@"^(?! )[\p{L}\p{N} _.:/+@-]*(?<! )$")]
    private static partial Regex Text();
}
