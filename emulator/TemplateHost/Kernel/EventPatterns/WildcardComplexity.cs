namespace TemplateHost.Kernel.EventPatterns;

/// <summary>How hard the wildcards of one field are to match.</summary>
/// <remarks>
/// A matcher that reads a text letter by letter keeps every beginning of a pattern that what it has read could be. Where some text
/// leaves it more than ten of them, EventBridge refuses the rule.
/// </remarks>
internal static class WildcardComplexity
{
    private const int Most = 10;

    // Patterns that leave so many different sets of beginnings are too complex whatever the sets hold.
    private const int MostSets = 4096;

    /// <exception cref="FormatException">Together the patterns are too complex.</exception>
    public static void Demand(IReadOnlyList<string> patterns)
    {
        var letters = patterns.SelectMany(pattern => pattern).Where(letter => letter != '*').Append('\0').Distinct().ToList();
        var (seen, open) = (new HashSet<string>(), new Stack<HashSet<(int Pattern, int Length)>>());
        open.Push(Extended(patterns.Select((_, index) => (index, 0)), patterns));
        while (open.TryPop(out var set))
        {
            if (set.Count(beginning => beginning.Length > 0) > Most || seen.Count > MostSets)
            {
                throw new FormatException(
                    "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard "
                        + "character"
                );
            }

            if (seen.Add(string.Join(' ', set.Order())))
            {
                letters.ForEach(letter => open.Push(Extended(set.SelectMany(beginning => After(beginning, letter, patterns)), patterns)));
            }
        }
    }

    private static IEnumerable<(int Pattern, int Length)> After(
        (int Pattern, int Length) beginning,
        char letter,
        IReadOnlyList<string> patterns
    )
    {
        var (pattern, length) = (patterns[beginning.Pattern], beginning.Length);
        if (length > 0 && pattern[length - 1] == '*')
        {
            yield return beginning;
        }

        if (length < pattern.Length && pattern[length] == letter)
        {
            yield return (beginning.Pattern, length + 1);
        }
    }

    /// <summary>The beginnings, and those that a wildcard which stands for nothing makes longer.</summary>
    private static HashSet<(int Pattern, int Length)> Extended(IEnumerable<(int Pattern, int Length)> read, IReadOnlyList<string> patterns)
    {
        var all = new HashSet<(int Pattern, int Length)>();
        foreach (var (pattern, length) in read)
        {
            all.Add((pattern, length));
            if (length < patterns[pattern].Length && patterns[pattern][length] == '*')
            {
                all.Add((pattern, length + 1));
            }
        }

        return all;
    }
}
