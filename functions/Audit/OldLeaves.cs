using System.Globalization;
using FairShare.Audit.Findings;
using FairShare.Audit.Work;
using FairShare.Aws.Audit;
using FairShare.Aws.Log;
using FairShare.Core.Errors;
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
    /// <param name="limit">How many leaves the part has, up to a whole archive.</param>
    public static async Task<OldLeaves> ReadAsync(LogArchives archives, AuditCursor cursor, int limit)
    {
        var (read, old) = (new List<(LoggedToken, long)>(), cursor.Edge.Size);
        var start = cursor.Reread < old ? cursor.Reread : 0;
        var (end, isLast) = (start, true);
        await foreach (var archive in archives.ReadAsync(start, CancellationToken.None))
        {
            // Several archives of one size belong to one part.
            if (archive.Size > end && (end >= old || end - start >= limit))
            {
                isLast = false;
                break;
            }

            end = archive.Size;
            read.AddRange(archive.Tokens.Select((token, place) => (token, archive.Before.Size + place)));
        }

        // Where archives are missing at the end, their leaves belong to this part.
        end = isLast ? old : Math.Min(end, old);
        return new OldLeaves([.. read.Where(one => one.Item2 >= start && one.Item2 < end)], start, end);
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

        var (tree, findings, archived) = (new LogTree(log, read.Size), new List<AuditFinding>(report.Findings), new HashSet<long>());
        foreach (var (token, index) in tokens)
        {
            if (work.HasToken(token.Leaf.TokenHash.ToString()))
            {
                archived.Add(index);
            }
            else if (await IsInAsync(tree, token, index, read))
            {
                archived.Add(index);
                findings.Add(
                    new("not-in-table", NameOf(index), $"The table lacks the {token.Leaf.Kind} {token.Leaf.TokenHash} that it had.")
                );
            }
        }

        for (var index = start; index < End; index++)
        {
            if (!archived.Contains(index))
            {
                findings.Add(new("not-in-archive", NameOf(index), "No archive has the token of this leaf any more."));
            }
        }

        return report with
        {
            Findings = findings,
        };
    }

    private static string NameOf(long index) => string.Create(CultureInfo.InvariantCulture, $"leaf {index}");

    // An archive that no leaf confirms was never committed.
    private static async Task<bool> IsInAsync(LogTree tree, LoggedToken token, long index, AuditedLog read)
    {
        try
        {
            return (await tree.Merkle.ProveInclusionAsync(index)).Verify(token.Leaf.Hash(), read.Root);
        }
        catch (ProtocolException)
        {
            return false;
        }
    }
}
