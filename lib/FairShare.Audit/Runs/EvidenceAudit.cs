using System.Collections.Concurrent;
using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Audit.Judges;
using FairShare.Audit.Work;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Log.Leaves;
using FairShare.Log.Reading;

namespace FairShare.Audit.Runs;

/// <summary>
/// Audits a store: every token of the items is verified, every promise of the protocol is held against every exchange, and the table
/// against the log. Items and log are read as streams, and kept where the caller says meanwhile.
/// </summary>
/// <param name="options">What is audited.</param>
/// <param name="scope">Which part of the log is read.</param>
/// <param name="work">Where items and leaves are kept; the caller's to dispose.</param>
/// <param name="exchanges">Told of each exchange that was verified: its partition, state, and when it was opened.</param>
public sealed class EvidenceAudit(AuditOptions options, AuditScope scope, IAuditWork work, Action<string, string, string> exchanges)
{
    private readonly ConcurrentQueue<AuditFinding> findings = [];
    private readonly ConcurrentDictionary<string, int> states = new();
    private readonly ConcurrentDictionary<string, int> days = new();
    private readonly AuditKeys keys = new();
    private long items;
    private long tokens;

    /// <summary>Runs the audit.</summary>
    /// <param name="table">The table's items.</param>
    /// <param name="log">The log.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ProtocolException"><c>invalid-export</c>: what is read is no item.</exception>
    public async Task<AuditReport> RunAsync(IAsyncEnumerable<AuditedItem> table, ILogFiles log, CancellationToken cancellationToken)
    {
        await foreach (var item in table.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Take(item);
        }

        foreach (var finding in keys.BelieveStore(options.StoreKeys))
        {
            findings.Enqueue(finding);
        }

        var passage = new LogPassage(scope, work, (code, detail) => Find(code, "log", detail));
        var read = await passage.ReadAsync(log, keys.LogKeys(options.LogKey), cancellationToken).ConfigureAwait(false);
        work.Finish();
        VerifyKeys();
        VerifyDocuments();
        var comparison = new LogComparison(work, scope, Find);
        if (!passage.IsCutOff)
        {
            await comparison.FindMissingAsync(log, read, options.Now, cancellationToken).ConfigureAwait(false);
        }

        comparison.CompareLeaves();
        return new AuditReport(options, items, tokens, read?.ReadEdge.Size ?? 0, states, days, [.. findings]) { Log = read };
    }

    private void Take(AuditedItem item)
    {
        items++;
        if (!work.TryAdd(item))
        {
            Find("repeated-item", item.Partition, $"The export has the item {item.Sort} twice.");
        }

        if (item.Partition.StartsWith("PARTY#", StringComparison.Ordinal) || item.Partition.StartsWith("STORE#", StringComparison.Ordinal))
        {
            Find(() => keys.Add(item, options.Store) is { } finding ? [finding] : [], item);
        }

        var madeAt = item["withdrawnAt"] ?? item["endedAt"] ?? item["openedAt"] ?? item["listedAt"];
        foreach (var (_, text) in item.Tokens)
        {
            tokens++;
            Find(() => TakeToken(text, item.Partition, madeAt), item);
        }
    }

    private IReadOnlyList<AuditFinding> TakeToken(string text, string partition, string? madeAt)
    {
        work.AddToken(LogLeaf.OfToken(text), partition, madeAt);
        return [];
    }

    private void VerifyKeys()
    {
        foreach (var party in work.Partitions("PARTY#"))
        {
            Find(() => KeyAudit.Judge(party, keys), party[0]);
        }
    }

    private void VerifyDocuments() =>
        Parallel.ForEach(
            // One at a time: what waits in a buffer would be memory.
            Partitioner.Create(work.Documents(), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            document =>
            {
                var origin = new TokenOnce();
                if (document is { IsFirst: true, Deposit: { Count: > 0 } deposit })
                {
                    Find(() => DepositAudit.Judge(deposit, keys, origin), deposit[0]);
                }

                foreach (var exchange in document.Exchanges)
                {
                    Find(() => IsInRange(exchange) ? Judge(exchange, document.Deposit, origin) : [], exchange[0]);
                }
            }
        );

    private IReadOnlyList<AuditFinding> Judge(IReadOnlyList<AuditedItem> exchange, IReadOnlyList<AuditedItem> deposit, TokenOnce origin)
    {
        var (found, state) = ExchangeAudit.Judge(exchange, deposit, origin, keys, options.Now);
        states.AddOrUpdate(state, 1, (_, count) => count + 1);
        var openedAt = OpenedAt(exchange);
        days.AddOrUpdate(openedAt[..10], 1, (_, count) => count + 1);
        exchanges(exchange[0].Id, state, openedAt);
        return found;
    }

    private bool IsInRange(IReadOnlyList<AuditedItem> exchange) =>
        Timestamp.Parse(OpenedAt(exchange)) is var openedAt && openedAt >= options.From && openedAt < options.To;

    private static string OpenedAt(IReadOnlyList<AuditedItem> exchange) =>
        exchange.Select(item => item["openedAt"]).FirstOrDefault(time => time is not null)
        ?? exchange[0]["endedAt"]
        ?? "1970-01-01T00:00:00.000Z";

    private void Find(string code, string subject, string detail) => findings.Enqueue(new AuditFinding(code, subject, detail));

    /// <summary>What cannot even be read is a finding, too.</summary>
    private void Find(Func<IReadOnlyList<AuditFinding>> judge, AuditedItem item)
    {
        try
        {
            foreach (var finding in judge())
            {
                findings.Enqueue(finding);
            }
        }
        catch (ProtocolException fault)
        {
            Find("unreadable", item.Partition, $"{item.Sort}: {fault.Message}");
        }
    }
}
