using System.Globalization;
using FairShare.Audit.Findings;
using FairShare.Audit.Work;
using FairShare.Core.Identifiers;
using FairShare.Log.Reading;

namespace FairShare.Audit.Runs;

/// <summary>Holds the table against the log, both ways.</summary>
/// <param name="work">What was taken of both.</param>
/// <param name="scope">What is not read again of the log.</param>
/// <param name="find">Takes what is wrong: code, subject and sentence.</param>
internal sealed class LogComparison(IAuditWork work, AuditScope scope, Action<string, string, string> find)
{
    // So many places are asked for in one call.
    private const int AtOnce = 100;

    /// <summary>How long after it was made a token may enter the log, at most.</summary>
    private static readonly TimeSpan MaximumMergeDelay = TimeSpan.FromMinutes(10);

    // What is made while an audit reads is no older than that. A later time is nobody's, and would never be over.
    private static readonly TimeSpan LongestAudit = TimeSpan.FromHours(1);

    /// <summary>Finds tokens of the table that the log lacks.</summary>
    /// <param name="log">The log.</param>
    /// <param name="read">What was read of it; null where nothing of it is believed.</param>
    /// <param name="now">The present: what is younger than the maximum merge delay may be missing.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task FindMissingAsync(ILogFiles log, AuditedLog? read, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var settled = Timestamp.Format(Timestamp.Truncate(now - MaximumMergeDelay));
        var latest = Timestamp.Format(now + LongestAudit);
        var tree = new LogTree(log, read?.Size ?? 0);
        var missing = work.TokensWithoutLeaf().Where(token => !IsBetween(token.MadeAt, settled, latest));
        foreach (var part in missing.Chunk(AtOnce))
        {
            var places = await scope.PlacesOf([.. part.Select(token => token.Leaf.TokenHash)], cancellationToken).ConfigureAwait(false);
            foreach (var token in part)
            {
                if (
                    read is null
                    || !places.TryGetValue(token.Leaf.TokenHash, out var index)
                    || !await tree.HasAsync(token.Leaf, index, read.Root, cancellationToken).ConfigureAwait(false)
                )
                {
                    find("not-in-log", token.Partition, $"The log lacks the {token.Leaf.Kind} {token.Leaf.TokenHash}.");
                }
            }
        }
    }

    private static bool IsBetween(string time, string first, string last) =>
        string.CompareOrdinal(first, time) <= 0 && string.CompareOrdinal(time, last) <= 0;

    /// <summary>Holds the leaves that were read against the table, and against each other.</summary>
    public void CompareLeaves()
    {
        foreach (var (leaf, index) in work.LeavesWithoutToken())
        {
            find(
                "not-in-table",
                string.Create(CultureInfo.InvariantCulture, $"leaf {index}"),
                $"The table lacks the {leaf.Kind} {leaf.TokenHash} that the log has."
            );
        }

        foreach (var (tokenHash, count) in work.RepeatedLeaves())
        {
            find("repeated-leaf", $"token {tokenHash}", string.Create(CultureInfo.InvariantCulture, $"The log has it {count} times."));
        }

        ComparePlaces();
    }

    private void ComparePlaces()
    {
        foreach (var partition in work.Partitions("LOG#"))
        {
            var place = work.PlaceOf(partition[0].Id)?.ToString(CultureInfo.InvariantCulture);
            if (place is not null && place != partition[0]["index"])
            {
                find("log-index", partition[0].Partition, $"The table says {partition[0]["index"]}, the log {place}.");
            }
        }
    }
}
