using System.Globalization;
using FairShare.Audit.Findings;
using FairShare.Audit.Work;
using FairShare.Aws.Audit;
using FairShare.Aws.Log;
using FairShare.Core.Digests;
using FairShare.Log.Reading;

namespace FairShare.Functions.Audit;

/// <summary>
/// A part of the leaves that no audit reads any more, by their archives: what the table had when they were read, and was erased from it
/// since, no sweep of the table comes upon.
/// </summary>
internal sealed class OldLeaves
{
    private readonly IReadOnlyList<(LoggedToken Token, long Index)> tokens;
    private readonly long start;

    private OldLeaves(IReadOnlyList<(LoggedToken Token, long Index)> tokens, long start, long end) =>
        (this.tokens, this.start, End) = (tokens, start, end);

    /// <summary>Where the next part begins.</summary>
    public long End { get; }

    /// <summary>The tokens of the part's archives; what an archive that was never committed has may be among them.</summary>
    public IEnumerable<LoggedToken> Tokens => tokens.Select(one => one.Token);

    /// <summary>Reads the part at which the cursor stands; behind the last comes the first again.</summary>
    /// <param name="archives">The archives.</param>
    /// <param name="cursor">How far audits have come.</param>
    /// <param name="limit">How many leaves the part has at most.</param>
    public static async Task<OldLeaves> ReadAsync(LogArchives archives, AuditCursor cursor, int limit)
    {
        var (read, old) = (new List<(LoggedToken, long Index)>(), cursor.Edge.Size);
        var start = cursor.Reread < old ? cursor.Reread : 0;
        var end = Math.Min(start + limit, old);
        await foreach (var archive in archives.ReadAsync(start, end, CancellationToken.None))
        {
            read.AddRange(archive.Entries.Where(entry => entry.Index >= start && entry.Index < end));
        }

        return new OldLeaves(read, start, end);
    }

    /// <summary>Adds to a report the leaves whose token the table or the archives have lost.</summary>
    /// <param name="report">The report of table and log.</param>
    /// <param name="log">The log as it was read.</param>
    /// <param name="work">What was read of the table.</param>
    public async Task<AuditReport> AddAsync(AuditReport report, ILogFiles log, MemoryWork work)
    {
        if (report.Log is not { } read)
        {
            return report;
        }

        var findings = new List<AuditFinding>(report.Findings);
        var archived = await FindArchivedAsync(new LogTree(log, read.Size), read.Root);
        foreach (var (index, token) in archived.Where(leaf => !work.HasToken(leaf.Value.Leaf.TokenHash.ToString())))
        {
            var lost = $"The table lacks the {token.Leaf.Kind} {token.Leaf.TokenHash} that it had.";
            findings.Add(new("not-in-table", NameOf(index), lost));
        }

        for (var index = start; index < End; index++)
        {
            if (!archived.ContainsKey(index))
            {
                findings.Add(new("not-in-archive", NameOf(index), "No archive has a token that the log proves to be this leaf's."));
            }
        }

        return report with
        {
            Findings = findings,
        };
    }

    // An archive that no leaf confirms was never committed: that the table has what it names says nothing of the leaf.
    private async Task<SortedDictionary<long, LoggedToken>> FindArchivedAsync(LogTree tree, Sha256Digest root)
    {
        var archived = new SortedDictionary<long, LoggedToken>();
        foreach (var (token, index) in tokens)
        {
            if (!archived.ContainsKey(index) && await tree.HasAsync(token.Leaf, index, root, CancellationToken.None))
            {
                archived.Add(index, token);
            }
        }

        return archived;
    }

    private static string NameOf(long index) => string.Create(CultureInfo.InvariantCulture, $"leaf {index}");
}
