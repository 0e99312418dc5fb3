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
        var (seen, open, next) = (new HashSet<BeginningSet>(), new Stack<BeginningSet>(), new List<(int Pattern, int Length)>());
        for (var pattern = 0; pattern < patterns.Count; pattern++)
        {
            Add(next, pattern, 0, patterns);
        }

        Note(next, seen, open);
        while (open.TryPop(out var set))
        {
            foreach (var letter in letters)
            {
                // A set is kept once, however many ways lead to it, and a list is made for all.
                next.Clear();
                foreach (var (pattern, length) in set.Beginnings)
                {
                    Extend(next, pattern, length, letter, patterns);
                }

                Note(next, seen, open);
            }
        }
    }

    private static void Note(List<(int Pattern, int Length)> next, HashSet<BeginningSet> seen, Stack<BeginningSet> open)
    {
        if (next.Count(beginning => beginning.Length > 0) > Most || seen.Count > MostSets)
        {
            throw new FormatException(
                "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard "
                    + "character"
            );
        }

        next.Sort();
        var set = new BeginningSet([.. next]);
        if (seen.Add(set))
        {
            open.Push(set);
        }
    }

    /// <summary>What a beginning can be when a letter more was read.</summary>
    private static void Extend(List<(int Pattern, int Length)> next, int pattern, int length, char letter, IReadOnlyList<string> patterns)
    {
        if (length > 0 && patterns[pattern][length - 1] == '*')
        {
            Add(next, pattern, length, patterns);
        }

        if (length < patterns[pattern].Length && patterns[pattern][length] == letter)
        {
            Add(next, pattern, length + 1, patterns);
        }
    }

    /// <summary>Adds a beginning, and the one that a wildcard which stands for nothing makes longer.</summary>
    private static void Add(List<(int Pattern, int Length)> next, int pattern, int length, IReadOnlyList<string> patterns)
    {
        if (!next.Contains((pattern, length)))
        {
            next.Add((pattern, length));
        }

        if (length < patterns[pattern].Length && patterns[pattern][length] == '*' && !next.Contains((pattern, length + 1)))
        {
            next.Add((pattern, length + 1));
        }
    }

    /// <summary>Beginnings in their order, equal to others with the same.</summary>
    private readonly struct BeginningSet((int Pattern, int Length)[] beginnings) : IEquatable<BeginningSet>
    {
        public (int Pattern, int Length)[] Beginnings => beginnings;

        public bool Equals(BeginningSet other) => beginnings.AsSpan().SequenceEqual(other.Beginnings);

        public override bool Equals(object? obj) => obj is BeginningSet other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var beginning in beginnings)
            {
                hash.Add(beginning);
            }

            return hash.ToHashCode();
        }
    }
}
