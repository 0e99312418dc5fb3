using FairShare.Aws.Exchange;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Usage;

/// <summary>What parties use of the store, in a partition of its own that holds no evidence.</summary>
/// <param name="table">The table.</param>
public sealed class UsageRepository(ItemTable table)
{
    private const int Deletions = 25;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Counts a call that makes the store sign or store something.</summary>
    /// <returns>Null when it is counted, or the refusal.</returns>
    /// <exception cref="ContentionException">The party's own calls met one another all the while; a repeat may succeed.</exception>
    public Task<UsageRefusal?> CountCallAsync(PartyId party, UsageLimits limits, DateTimeOffset now, CancellationToken cancellationToken) =>
        new UsageCounter(table, UsageItemKeys.Usage(party), limits, now).CountAsync(
            UsageKind.Calls,
            () => Task.FromResult(0L),
            cancellationToken
        );

    /// <summary>Counts a lookup of an address.</summary>
    /// <returns>Null when it is counted, or the refusal.</returns>
    /// <exception cref="ContentionException">The party's own calls met one another all the while; a repeat may succeed.</exception>
    public async Task<UsageRefusal?> CountLookupAsync(
        PartyId party,
        UsageLimits limits,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var counter = new UsageCounter(table, UsageItemKeys.Lookups(party), limits with { CallsAnHour = limits.LookupsAnHour }, now);
        var refusal = await counter.CountAsync(UsageKind.Calls, () => Task.FromResult(0L), cancellationToken);
        return refusal is null ? null : refusal with { Kind = UsageKind.Lookups };
    }

    /// <summary>
    /// Counts a call that announces a document. What is pending is counted anew from the listing, which may lag by a moment.
    /// </summary>
    /// <returns>Null when it is counted, or the refusal.</returns>
    /// <exception cref="ContentionException">The party's own calls met one another all the while; a repeat may succeed.</exception>
    public Task<UsageRefusal?> CountUploadAsync(
        PartyId party,
        UsageLimits limits,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        new UsageCounter(table, UsageItemKeys.Usage(party), limits, now).CountAsync(
            UsageKind.Uploads,
            () => new DocumentRepository(table).CountPendingAsync(party, now, cancellationToken),
            cancellationToken
        );

    /// <summary>Notes that a party starts an exchange, and counts it. A repeat for the same exchange counts as a call only.</summary>
    /// <returns>Null when it is counted, or the refusal; then the exchange is not noted.</returns>
    /// <exception cref="ContentionException">The party's own calls met one another all the while; a repeat may succeed.</exception>
    public async Task<UsageRefusal?> StartExchangeAsync(
        PartyId party,
        ExchangeId exchange,
        DateTimeOffset due,
        UsageLimits limits,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // The note is first: a recount, which reads the notes, then never misses an exchange that is counted.
        var note = new Item(UsageItemKeys.StartedExchange(party, exchange))
            .With("due", due)
            .With("expiresAt", (due + Kept).ToUnixTimeSeconds());
        var isNew = await table.TryCreateAsync(note, cancellationToken);
        var refusal = await new UsageCounter(table, UsageItemKeys.Usage(party), limits, now).CountAsync(
            isNew ? UsageKind.Exchanges : UsageKind.Calls,
            () => CountOpenAsync(party, exchange, now, cancellationToken),
            cancellationToken
        );
        if (refusal is not null && isNew)
        {
            await table.DeleteAsync(note.Key, cancellationToken);
        }

        return refusal;
    }

    /// <summary>Whether the party started an exchange of this id, within its deadline and a day.</summary>
    public async Task<bool> HasStartedAsync(PartyId party, ExchangeId exchange, CancellationToken cancellationToken) =>
        await table.GetAsync(UsageItemKeys.StartedExchange(party, exchange), cancellationToken) is not null;

    /// <summary>The exchanges that the party started, each within its deadline and a day; strongly consistent, in any order.</summary>
    public async Task<IReadOnlyList<ExchangeId>> ListStartedAsync(PartyId party, CancellationToken cancellationToken)
    {
        var notes = await table.QueryAsync(UsageItemKeys.UsagePartition(party), UsageItemKeys.StartedPrefix, cancellationToken);
        return [.. notes.Select(note => UsageItemKeys.StartedIn(note.Key))];
    }

    private async Task<long> CountOpenAsync(PartyId party, ExchangeId starting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = await table.QueryAsync(UsageItemKeys.UsagePartition(party), UsageItemKeys.StartedPrefix, cancellationToken);
        var notes = all.Where(note => note.Key != UsageItemKeys.StartedExchange(party, starting)).ToList();
        var waiting = notes
            .Where(note => note.Time("due") >= now)
            .ToDictionary(note => ExchangeItemKeys.Ending(UsageItemKeys.StartedIn(note.Key)));
        var ended = await table.BatchGetAsync(waiting.Keys, cancellationToken);
        var over = notes.Where(note => note.Time("due") < now).Concat(ended.Select(ending => waiting[ending.Key]));
        foreach (var chunk in over.Chunk(Deletions))
        {
            await Task.WhenAll(chunk.Select(note => table.DeleteAsync(note.Key, cancellationToken)));
        }

        return waiting.Count - ended.Count;
    }
}
