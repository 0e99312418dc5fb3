using System.Collections.Concurrent;
using System.Globalization;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Tiles;

namespace FairShare.Client.Log.Audit;

/// <summary>
/// Audits a store: every token of the table is verified, every promise of the protocol is held against every exchange, and the table
/// against the log. Table and log are read as streams, and kept in a file meanwhile.
/// </summary>
/// <param name="options">What is audited.</param>
/// <param name="exchanges">Told of each exchange that was verified: its partition, state, and when it was opened.</param>
public sealed class EvidenceAudit(AuditOptions options, Action<string, string, string> exchanges)
{
    private readonly ConcurrentQueue<AuditFinding> findings = [];
    private readonly ConcurrentDictionary<string, int> states = new();
    private readonly ConcurrentDictionary<string, int> days = new();
    private readonly AuditKeys keys = new();
    private long items;
    private long tokens;

    /// <summary>Runs the audit.</summary>
    /// <param name="table">The table's items, one a line, in DynamoDB's JSON.</param>
    /// <param name="log">The log.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ProtocolException"><c>invalid-export</c>: a line of the table is no item.</exception>
    public async Task<AuditReport> RunAsync(TextReader table, LogClient log, CancellationToken cancellationToken)
    {
        using var store = new AuditStore();
        while (await table.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0)
            {
                Take(store, AuditedItem.Parse(line), line);
            }
        }

        foreach (var finding in keys.BelieveStore(options.StoreKeys))
        {
            findings.Enqueue(finding);
        }

        var leaves = await ReadLogAsync(store, log, cancellationToken).ConfigureAwait(false);
        store.Finish();
        VerifyKeys(store);
        VerifyDeposits(store);
        VerifyExchanges(store);
        Compare(store);
        return new AuditReport(options, items, tokens, leaves, states, days, [.. findings]);
    }

    private void Take(AuditStore store, AuditedItem item, string line)
    {
        items++;
        if (!store.TryAdd(item, line))
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
            Find(() => TakeToken(store, text, item.Partition, madeAt), item);
        }
    }

    private static IReadOnlyList<AuditFinding> TakeToken(AuditStore store, string text, string partition, string? madeAt)
    {
        store.AddToken(LogLeaf.OfToken(text), partition, madeAt);
        return [];
    }

    private async Task<long> ReadLogAsync(AuditStore store, LogClient log, CancellationToken cancellationToken)
    {
        if (await log.FindCheckpointAsync(cancellationToken).ConfigureAwait(false) is not { } note)
        {
            Find("no-log", "log", "The log has no checkpoint.");
            return 0;
        }

        try
        {
            var signing = keys.LogKeys(options.LogKey).FirstOrDefault(key => note.Signatures.Any(line => line.KeyId == key.Id));
            var checkpoint = Checkpoint.Open(note, signing ?? options.LogKey);
            var (edge, batch, index) = (LogEdge.Empty, new List<LogLeaf>(), 0L);
            await foreach (var entry in log.ReadEntriesAsync(0, checkpoint.Size, cancellationToken).ConfigureAwait(false))
            {
                var leaf = LogLeaf.Parse(entry);
                store.AddLeaf(leaf, index++);
                batch.Add(leaf);
                if (batch.Count == TileAddress.FullWidth)
                {
                    edge = edge.Add(batch).After;
                    batch.Clear();
                }
            }

            if (edge.Add(batch).After.Root() != checkpoint.Root)
            {
                Find("log-root", "log", "The entries that the log serves are not those of its checkpoint.");
            }

            return index;
        }
        catch (Exception fault) when (fault is ProtocolException or Http.FairShareProblem)
        {
            Find("log-unreadable", "log", fault.Message);
            return 0;
        }
    }

    private void VerifyKeys(AuditStore store)
    {
        foreach (var party in store.Partitions("PARTY#"))
        {
            Find(() => KeyAudit.Judge(party, keys), party[0]);
        }
    }

    private void VerifyDeposits(AuditStore store) =>
        Parallel.ForEach(store.Partitions("DEPOSIT#"), deposit => Find(() => DepositAudit.Judge(deposit, keys), deposit[0]));

    private void VerifyExchanges(AuditStore store) =>
        Parallel.ForEach(
            store
                .Partitions("EXCHANGE#")
                .Where(IsInRange)
                .Select(exchange => (exchange, deposit: store.Partition("DEPOSIT#" + exchange[0]["documentId"]))),
            pair =>
            {
                Find(
                    () =>
                    {
                        var (found, state) = ExchangeAudit.Judge(pair.exchange, pair.deposit, keys, options.Now);
                        states.AddOrUpdate(state, 1, (_, count) => count + 1);
                        var openedAt = OpenedAt(pair.exchange);
                        days.AddOrUpdate(openedAt[..10], 1, (_, count) => count + 1);
                        exchanges(pair.exchange[0].Id, state, openedAt);
                        return found;
                    },
                    pair.exchange[0]
                );
            }
        );

    private void Compare(AuditStore store)
    {
        var settled = Timestamp.Format(Timestamp.Truncate(options.Now - SeenLog.MaximumMergeDelay));
        foreach (var token in store.TokensWithoutLeaf().Where(token => string.CompareOrdinal(token[3], settled) < 0))
        {
            Find("not-in-log", token[2], $"The log lacks the {token[1]} {token[0]}.");
        }

        foreach (var leaf in store.LeavesWithoutToken())
        {
            Find("not-in-table", $"leaf {leaf[2]}", $"The table lacks the {leaf[1]} {leaf[0]} that the log has.");
        }

        foreach (var leaf in store.RepeatedLeaves())
        {
            Find("repeated-leaf", $"token {leaf[0]}", $"The log has it {leaf[1]} times.");
        }

        foreach (var partition in store.Partitions("LOG#"))
        {
            var place = store.PlaceOf(partition[0].Id)?.ToString(CultureInfo.InvariantCulture);
            if (place is not null && place != partition[0]["index"])
            {
                Find("log-index", partition[0].Partition, $"The table says {partition[0]["index"]}, the log {place}.");
            }
        }
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
