namespace FairShare.Cli.Output;

/// <summary>Finds what somebody meant who mistyped a word.</summary>
internal static class Nearest
{
    private const int Limit = 2;

    /// <summary>The candidates that are nearest to the word, and differ from it by two letters at most.</summary>
    public static IReadOnlyList<string> To(string word, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= Limit && pair.distance < pair.candidate.Length)
            .GroupBy(pair => pair.distance, pair => pair.candidate)
            .OrderBy(group => group.Key)
            .Select(group => group.Order(StringComparer.Ordinal).ToList())
            .FirstOrDefault([]);

    // Letters that are missing, too many, others, or exchanged with their neighbour (Damerau; optimal string alignment).
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                table[row, column] = row == 0 || column == 0 ? row + column : Cost(table, left, right, row, column);
            }
        }

        return table[left.Length, right.Length];
    }

    private static int Cost(int[,] table, string left, string right, int row, int column)
    {
        var isSame = left[row - 1] == right[column - 1];
        var cost = Math.Min(table[row - 1, column - 1] + (isSame ? 0 : 1), 1 + Math.Min(table[row - 1, column], table[row, column - 1]));
        return row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]
            ? Math.Min(cost, table[row - 2, column - 2] + 1)
            : cost;
    }
}
