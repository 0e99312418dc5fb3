using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Aws.Exchange;

/// <summary>Documents in the evidence table.</summary>
/// <param name="table">The table.</param>
public sealed class DocumentRepository(ItemTable table)
{
    /// <summary>Finds a document with its deposit. The deposit is read after the document.</summary>
    /// <returns>The document, or null.</returns>
    public async Task<StoredDocument?> FindAsync(DocumentId id, CancellationToken cancellationToken)
    {
        var document = await table.GetAsync(ExchangeItemKeys.Document(id), cancellationToken);
        var deposit = document is null ? null : await table.GetAsync(ExchangeItemKeys.Deposit(id), cancellationToken);
        return Join([.. new[] { document, deposit }.OfType<Item>()], id);
    }

    /// <summary>Finds a document with its deposit, and counts the exchanges of it that have completed.</summary>
    /// <returns>The document, or null.</returns>
    public async Task<StoredDocument?> FindCountedAsync(DocumentId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } stored)
        {
            return null;
        }

        // Read one after the other: what changes in between makes the abort's conditions fail.
        var gates = await table.QueryAsync(ExchangeItemKeys.DocumentPartition(id), ExchangeItemKeys.GatePrefix, cancellationToken);
        var counted = stored.Document.Acquisitions + gates.Sum(DocumentItems.Acquisitions);
        return stored with { Document = stored.Document with { Acquisitions = counted } };
    }

    /// <summary>Finds the deposit of a document.</summary>
    /// <returns>The deposit, or null before step v.</returns>
    public async Task<DepositRecord?> FindDepositAsync(DocumentId id, CancellationToken cancellationToken) =>
        await table.GetAsync(ExchangeItemKeys.Deposit(id), cancellationToken) is { } item ? DocumentItems.ReadDeposit(item) : null;

    /// <summary>Reads the deposits of several documents; those not deposited are left out.</summary>
    public async Task<IReadOnlyDictionary<DocumentId, DepositRecord>> FindDepositsAsync(
        IEnumerable<DocumentId> ids,
        CancellationToken cancellationToken
    )
    {
        var items = await table.BatchGetAsync(ids.Select(ExchangeItemKeys.Deposit), cancellationToken);
        return items.ToDictionary(item => DocumentId.Parse(item.Key.PartitionId), DocumentItems.ReadDeposit);
    }

    /// <summary>Records a request to upload (step 1).</summary>
    /// <returns>False when the id exists; then nothing has changed.</returns>
    public Task<bool> TryCreateAsync(DocumentRecord document, CancellationToken cancellationToken) =>
        table.TryCreateAsync(DocumentItems.Write(document), cancellationToken);

    /// <summary>Takes a document on deposit with its evidence (step v); the nonce is consumed, because there is one deposit.</summary>
    /// <returns>False when a deposit stands; then nothing has changed.</returns>
    public async Task<bool> TryDepositAsync(DocumentRecord document, DepositRecord deposit, CancellationToken cancellationToken)
    {
        // The listings are first: what is listed without a deposit is shown to
        // nobody, and what is deposited is listed, whenever this stops.
        await Task.WhenAll(
            DocumentItems.WriteListings(document, deposit.DepositedAt).Select(item => table.TryCreateAsync(item, cancellationToken))
        );
        return await table.TryCreateAsync(DocumentItems.Write(document, deposit), cancellationToken);
    }

    /// <summary>Takes a document out of its readers' listings; a repeat changes nothing.</summary>
    public async Task UnlistAsync(DocumentId id, CancellationToken cancellationToken)
    {
        foreach (var listing in await table.QueryAsync(ExchangeItemKeys.ListingPartition(id), "", cancellationToken))
        {
            await table.DeleteAsync(listing.Key, cancellationToken);
        }
    }

    /// <summary>Counts the documents that a party has announced, and that may still be deposited.</summary>
    public async Task<long> CountPendingAsync(PartyId party, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pending = 0;
        string? cursor = null;
        do
        {
            var page = await ListUploadedAsync(party, new PageRequest(cursor), cancellationToken);
            pending += page.Entries.Count(document => document.State == DocumentState.Pending && document.UploadDue >= now);
            // Newest first: all that follows was announced earlier, and can be deposited no longer.
            cursor = page.Entries is [.., var last] && last.UploadDue < now ? null : page.Cursor;
        } while (cursor is not null);
        return pending;
    }

    /// <summary>
    /// Ends a document (step a) and shuts its gates, with the record of it where there is evidence to answer, all or nothing:
    /// from then on no exchange of it can complete.
    /// </summary>
    /// <param name="document">The document as it was counted; that it has not ended, and if so that nobody acquired it, must still be
    /// so.</param>
    /// <param name="state">The state to end in.</param>
    /// <param name="record">The store's AbortRecord; null when nothing was deposited.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when the document has changed since; then nothing has changed.</returns>
    public Task<bool> TryEndAsync(
        DocumentRecord document,
        DocumentState state,
        EvidenceToken? record,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        // No acquisition may slip in between counting none and deleting the document. One that was counted stands for ever, so that
        // a further one changes nothing: an abort of a popular document need not wait for a moment without receipts.
        var condition = "attribute_not_exists(aborted)" + (document.Acquisitions == 0 ? " AND attribute_not_exists(acquisitions)" : "");
        var values = new Dictionary<string, AttributeValue> { [":state"] = new AttributeValue(state.ToString()) };
        var changes = DocumentGates
            .Keys(document.Id)
            .Select(gate => new TableWrite.Change(gate, "SET aborted = :state", condition, values))
            .Prepend(
                new TableWrite.Change(
                    ExchangeItemKeys.Document(document.Id),
                    "SET aborted = :state",
                    "attribute_exists(pk) AND " + condition,
                    values
                )
            );
        return table.TryTransactAsync(
            record is null ? changes : changes.Append<TableWrite>(Withdrawal(document.Id, record, at)),
            cancellationToken
        );
    }

    /// <summary>Adds the record of an abort to a document that ended before its deposit was seen.</summary>
    /// <returns>False when a record stands.</returns>
    public Task<bool> TryRecordEndAsync(DocumentId id, EvidenceToken record, DateTimeOffset at, CancellationToken cancellationToken) =>
        table.TryTransactAsync([Withdrawal(id, record, at)], cancellationToken);

    /// <summary>Finds the store's record of a document's abort.</summary>
    /// <returns>The AbortRecord, or null.</returns>
    public async Task<EvidenceToken?> FindWithdrawalAsync(DocumentId id, CancellationToken cancellationToken) =>
        await table.GetAsync(ExchangeItemKeys.Withdrawal(id), cancellationToken) is { } item
            ? EvidenceToken.Parse(item.Text("record"))
            : null;

    /// <summary>Lists the documents that a party uploaded, newest first, in every state.</summary>
    public Task<Page<DocumentRecord>> ListUploadedAsync(PartyId party, PageRequest wanted, CancellationToken cancellationToken) =>
        ListAsync([DocumentItems.UploaderListing(party)], wanted, cancellationToken);

    /// <summary>Lists the documents that a party may ask for, newest deposit first; only those on deposit.</summary>
    /// <returns>A page that is empty only when it is the last.</returns>
    public async Task<Page<DocumentRecord>> ListReadableAsync(PartyId party, PageRequest wanted, CancellationToken cancellationToken)
    {
        // Documents from before there were shards are in the listing without a number.
        string[] listings =
        [
            DocumentItems.ReaderListing(party.ToString()),
            DocumentItems.ReaderListing(DocumentItems.Everybody),
            .. DocumentItems.OpenListings,
        ];
        while (true)
        {
            var page = await ListAsync(listings, wanted, cancellationToken);
            var readable = page.Entries.Where(document => document.State == DocumentState.Deposited).ToList();
            if (readable.Count > 0 || page.Cursor is null)
            {
                return page with { Entries = readable };
            }

            wanted = wanted with { Cursor = page.Cursor };
        }
    }

    private async Task<Page<DocumentRecord>> ListAsync(
        IEnumerable<string> listings,
        PageRequest wanted,
        CancellationToken cancellationToken
    )
    {
        var sources = listings.Select(listing => new MergedListing.Source(TableIndex.DocumentsByListing, listing)).ToList();
        var page = await MergedListing.ReadAsync(table, sources, wanted, cancellationToken);
        var ids = page.Entries.Select(key => DocumentId.Parse(key.PartitionId)).Distinct().ToList();
        var items = await table.BatchGetAsync(
            ids.SelectMany(id => new[] { ExchangeItemKeys.Document(id), ExchangeItemKeys.Deposit(id) }),
            cancellationToken
        );
        var byDocument = items.ToLookup(item => item.Key.PartitionId);
        var found = ids.Select(id => Join([.. byDocument[id.ToString()]], id)).OfType<StoredDocument>();
        return new Page<DocumentRecord>([.. found.Select(stored => stored.Document)], page.Cursor);
    }

    private static StoredDocument? Join(IReadOnlyList<Item> items, DocumentId id)
    {
        var document = items.FirstOrDefault(item => item.Key == ExchangeItemKeys.Document(id));
        var deposit = items.FirstOrDefault(item => item.Key == ExchangeItemKeys.Deposit(id));
        return document is null
            ? null
            : new StoredDocument(
                DocumentItems.Read(document, deposit is not null),
                deposit is null ? null : DocumentItems.ReadDeposit(deposit)
            );
    }

    private static TableWrite.Create Withdrawal(DocumentId id, EvidenceToken record, DateTimeOffset at) =>
        new(new Item(ExchangeItemKeys.Withdrawal(id)).With("record", record.Text).With("withdrawnAt", at));
}
