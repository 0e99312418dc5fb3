using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Exchange;

/// <summary>Exchanges in the evidence table; only the state machine writes them.</summary>
/// <param name="table">The table.</param>
public sealed class ExchangeRepository(ItemTable table)
{
    /// <summary>Finds an exchange, strongly consistent.</summary>
    /// <returns>The exchange, or null when the workflow has not recorded it.</returns>
    public async Task<ExchangeRecord?> FindAsync(ExchangeId id, CancellationToken cancellationToken) =>
        ExchangeItems.Read(id, await table.QueryAsync(ExchangeItemKeys.ExchangePartition(id), "E", cancellationToken));

    /// <summary>Lists the exchanges of a document that have not ended, newest first; a page may be empty and not the last.</summary>
    /// <remarks>
    /// The index lags: an exchange opened a moment ago may be missing. It cannot complete all the same, because
    /// its commit requires the document to be on deposit, and it ends at its receipt or its deadline.
    /// </remarks>
    public async Task<Page<ExchangeRecord>> ListOpenAsync(DocumentId document, string? cursor, CancellationToken cancellationToken)
    {
        var page = await ListOfDocumentAsync(document, new PageRequest(cursor), cancellationToken);
        return page with { Entries = [.. page.Entries.Where(exchange => exchange.Ending is null)] };
    }

    /// <summary>Lists the exchanges of a document, open and ended, the one opened last first. The index lags a moment.</summary>
    public async Task<Page<ExchangeRecord>> ListOfDocumentAsync(
        DocumentId document,
        PageRequest wanted,
        CancellationToken cancellationToken
    )
    {
        var source = new MergedListing.Source(TableIndex.ExchangesByDocument, document.ToString());
        var page = await MergedListing.ReadAsync(table, [source], wanted, cancellationToken);
        return new Page<ExchangeRecord>(await ReadAllAsync(page.Entries, cancellationToken), page.Cursor);
    }

    /// <summary>Lists a party's ended exchanges, newest ending first.</summary>
    /// <param name="party">The party.</param>
    /// <param name="side">On which side it is; null for either.</param>
    /// <param name="since">Only endings of this moment or later; null for all.</param>
    /// <param name="wanted">Which page.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<Page<ExchangeRecord>> ListEndedAsync(
        PartyId party,
        ExchangeSide? side,
        DateTimeOffset? since,
        PageRequest wanted,
        CancellationToken cancellationToken
    )
    {
        var notBefore = since is { } time ? Timestamp.Format(time) : null;
        TableIndex[] indexes = side switch
        {
            ExchangeSide.Uploader => [TableIndex.EndingsByUploader],
            ExchangeSide.Downloader => [TableIndex.EndingsByDownloader],
            _ => [TableIndex.EndingsByUploader, TableIndex.EndingsByDownloader],
        };
        var sources = indexes.Select(index => new MergedListing.Source(index, party.ToString(), notBefore)).ToList();
        var page = await MergedListing.ReadAsync(table, sources, wanted, cancellationToken);
        return new Page<ExchangeRecord>(await ReadAllAsync(page.Entries, cancellationToken), page.Cursor);
    }

    /// <summary>Finds exchanges, strongly consistent, in the order given; those that the workflow has not recorded are left out.</summary>
    public async Task<IReadOnlyList<ExchangeRecord>> FindAllAsync(IReadOnlyList<ExchangeId> ids, CancellationToken cancellationToken)
    {
        var items = await table.BatchGetAsync(
            ids.SelectMany(id => new[] { ExchangeItemKeys.Exchange(id), ExchangeItemKeys.Ending(id) }),
            cancellationToken
        );
        var byPartition = items.ToLookup(item => item.Key.Partition);
        return
        [
            .. ids.Select(id => ExchangeItems.Read(id, [.. byPartition[ExchangeItemKeys.ExchangePartition(id)]])).OfType<ExchangeRecord>(),
        ];
    }

    private Task<IReadOnlyList<ExchangeRecord>> ReadAllAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken) =>
        FindAllAsync([.. keys.Select(key => ExchangeId.Parse(key.PartitionId)).Distinct()], cancellationToken);
}
