using Amazon.Lambda.Core;
using FairShare.Audit.Findings;
using FairShare.Audit.Runs;
using FairShare.Audit.Work;
using FairShare.Aws.Audit;
using FairShare.Aws.Log;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Log.Notes;

namespace FairShare.Functions.Audit;

/// <summary>
/// Audits what entered the log since the last audits, each token twice, and a part of the rest of the table, as <c>fairshare audit</c> does
/// all of it. It writes a report, its metrics, and how far it came, in this order: one that is cut off is repeated by the next.
/// </summary>
internal sealed class AuditStore(FunctionServices services) : IFunction
{
    // An exchange is held to be stuck by the audit itself; until then it need not be looked at again.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(2);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var parts = services.Audit;
        var (cursor, tag) = await parts.Reports.ReadCursorAsync(CancellationToken.None);
        var options = OptionsOf(Timestamp.Truncate(services.Time.GetUtcNow()));
        // Behind the cursor, before everything that is held against it: a store in use goes on meanwhile.
        var log = await PinnedLog.ReadAsync(parts.Log, CancellationToken.None);
        var archived = await ReadArchivesAsync(cursor);
        var (swept, end) = await parts.Table.SweepAsync(cursor.Swept, services.Settings.SweptItems, CancellationToken.None);
        var old = await OldLeaves.ReadAsync(parts.Archives, cursor, services.Settings.SweptItems);
        var selection = Select(archived, old, swept, cursor, options.Now);
        using var work = new MemoryWork();
        var audit = new EvidenceAudit(options, ScopeOf(cursor), work, (_, _, _) => { });
        var report = await audit.RunAsync(selection.ReadAsync(), log, CancellationToken.None);
        report = ArchiveComparison.Add(report, archived, cursor.Edge.Size, work);
        report = await old.AddAsync(report with { Findings = [.. report.Findings, .. selection.Gone] }, log, work);
        await parts.Reports.WriteAsync(report, CancellationToken.None);
        services.Metrics.Write(context, report.Options.Now, AuditMetrics.Of(report));
        await parts.Reports.TryWriteCursorAsync(Next(cursor, report, (end, old.End), selection.Open), tag, CancellationToken.None);
        return new MemoryStream("{}"u8.ToArray());
    }

    private AuditOptions OptionsOf(DateTimeOffset now) =>
        new(
            services.Store,
            services.Settings.AuditedStoreKeys,
            NoteKey.Parse(services.Settings.AuditedLogKey),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            now
        );

    /// <summary>The archives of what is read: as many as hold the leaves that one audit reads.</summary>
    private async Task<IReadOnlyList<LogArchive>> ReadArchivesAsync(AuditCursor cursor)
    {
        var (archives, end) = (new List<LogArchive>(), cursor.SeenSize + services.Settings.AuditedLeaves);
        await foreach (var archive in services.Audit.Archives.ReadAsync(cursor.Edge.Size, end, CancellationToken.None))
        {
            archives.Add(archive);
        }

        return archives;
    }

    private AuditSelection Select(
        IReadOnlyList<LogArchive> archives,
        OldLeaves old,
        IReadOnlyList<string> swept,
        AuditCursor cursor,
        DateTimeOffset now
    )
    {
        var selection = new AuditSelection(services.Audit.Table);
        foreach (var token in archives.SelectMany(archive => archive.Tokens))
        {
            selection.Add(token);
        }

        foreach (var token in old.Tokens)
        {
            selection.AddOld(token);
        }

        foreach (var partition in swept)
        {
            selection.Add(partition);
        }

        foreach (var (exchange, _) in cursor.Open.Where(open => now - open.Value > Grace))
        {
            selection.AddOpen(exchange);
        }

        return selection;
    }

    private AuditScope ScopeOf(AuditCursor cursor) =>
        new(cursor.Edge, cursor.SeenSize, cursor.SeenRoot)
        {
            Limit = services.Settings.AuditedLeaves,
            PlacesOf = services.Audit.Table.FindIndexesAsync,
        };

    // Where the log is not what it must be, the next audit begins where this one did.
    private static AuditCursor Next(
        AuditCursor cursor,
        AuditReport report,
        (SweepPosition? Swept, long Reread) ends,
        IReadOnlyDictionary<string, DateTimeOffset> open
    )
    {
        var judged = report.Options.Now - Grace;
        var waiting = cursor.Open.Where(exchange => exchange.Value >= judged).Concat(open).DistinctBy(exchange => exchange.Key);
        var next = cursor with { Swept = ends.Swept, Open = waiting.ToDictionary() };
        return report.Log is { } log
            ? next with
            {
                Edge = log.SeenEdge,
                Reread = ends.Reread,
                SeenSize = log.ReadEdge.Size,
                SeenRoot = log.ReadEdge.Root(),
            }
            : next;
    }
}
