using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Exchanges;
using FairShare.Protocol.Identifiers;

namespace FairShare.Aws.Documents;

/// <summary>Documents in the evidence table.</summary>
/// <param name="table">The table.</param>
public sealed class DocumentRepository(EvidenceTable table)
{
    /// <summary>Finds a document.</summary>
    /// <returns>The document, or null.</returns>
    public async Task<DocumentRecord?> FindAsync(DocumentId id, CancellationToken cancellationToken) =>
        await table.GetAsync(ItemKey.Document(id), cancellationToken) is { } item ? DocumentItems.Read(item) : null;

    /// <summary>Finds a document with its deposit, as of one moment.</summary>
    /// <returns>The document, or null.</returns>
    public async Task<StoredDocument?> FindStoredAsync(DocumentId id, CancellationToken cancellationToken)
    {
        // DOCUMENT and DEPOSIT are the sort keys that begin so: one query reads both.
        var items = await table.QueryAsync(ItemKey.DocumentPartition(id), "D", cancellationToken);
        var document = items.FirstOrDefault(item => item.Key == ItemKey.Document(id));
        var deposit = items.FirstOrDefault(item => item.Key == ItemKey.Deposit(id));
        return document is null
            ? null
            : new StoredDocument(DocumentItems.Read(document), deposit is null ? null : DocumentItems.ReadDeposit(deposit));
    }

    /// <summary>Finds the deposit of a document.</summary>
    /// <returns>The deposit, or null before step v.</returns>
    public async Task<DepositRecord?> FindDepositAsync(DocumentId id, CancellationToken cancellationToken) =>
        await table.GetAsync(ItemKey.Deposit(id), cancellationToken) is { } item ? DocumentItems.ReadDeposit(item) : null;

    /// <summary>Reads the deposits of several documents; those not deposited are left out.</summary>
    public async Task<IReadOnlyDictionary<DocumentId, DepositRecord>> FindDepositsAsync(
        IEnumerable<DocumentId> ids, CancellationToken cancellationToken)
    {
        var items = await table.BatchGetAsync(ids.Select(ItemKey.Deposit), cancellationToken);
        return items.ToDictionary(item => DocumentId.Parse(item.Key.PartitionId), DocumentItems.ReadDeposit);
    }

    /// <summary>Records a request to upload (step 1).</summary>
    /// <returns>False when the id exists; then nothing has changed.</returns>
    public Task<bool> TryCreateAsync(DocumentRecord document, CancellationToken cancellationToken) =>
        table.TryCreateAsync(DocumentItems.Write(document), cancellationToken);

    /// <summary>Takes a document on deposit with its evidence (step v), all or nothing; consumes the nonce.</summary>
    /// <returns>False when the document is no longer pending under this nonce; then nothing has changed.</returns>
    public Task<bool> TryDepositAsync(DocumentRecord document, DepositRecord deposit, CancellationToken cancellationToken)
    {
        var change = new TableWrite.Change(
            ItemKey.Document(document.Id),
            "SET #state = :deposited",
            "#state = :pending AND nonce = :nonce",
            new()
            {
                [":deposited"] = new AttributeValue(nameof(DocumentState.Deposited)),
                [":pending"] = new AttributeValue(nameof(DocumentState.Pending)),
                [":nonce"] = new AttributeValue(document.Nonce.ToString()),
            });
        var items = DocumentItems.Write(document, deposit).Select(item => new TableWrite.Create(item));
        return table.TryTransactAsync([change, .. items], cancellationToken);
    }

    /// <summary>Ends a document (step a), with the record of it where there is evidence to answer, all or nothing.</summary>
    /// <param name="document">The document as it was read; its state and acquisitions must still be so.</param>
    /// <param name="state">The state to end in.</param>
    /// <param name="record">The store's AbortRecord; null when nothing was deposited.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when the document has changed since; then nothing has changed.</returns>
    public Task<bool> TryEndAsync(
        DocumentRecord document, DocumentState state, EvidenceToken? record, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // No acquisition may slip in between reading that there is none and deleting the document.
        var acquisitions = document.Acquisitions == 0 ? "attribute_not_exists(acquisitions)" : "acquisitions >= :one";
        var values = new Dictionary<string, AttributeValue>
        {
            [":ended"] = new AttributeValue(state.ToString()),
            [":current"] = new AttributeValue(document.State.ToString()),
        };
        if (document.Acquisitions > 0)
        {
            values[":one"] = new AttributeValue { N = "1" };
        }

        var writes = new List<TableWrite>
        {
            new TableWrite.Change(ItemKey.Document(document.Id), "SET #state = :ended", $"#state = :current AND {acquisitions}", values),
        };
        if (record is not null)
        {
            var withdrawal = new Item(ItemKey.Withdrawal(document.Id)).With("record", record.Text).With("withdrawnAt", at);
            writes.Add(new TableWrite.Create(withdrawal));
        }

        return table.TryTransactAsync(writes, cancellationToken);
    }

    /// <summary>Finds the store's record of a document's abort.</summary>
    /// <returns>The AbortRecord, or null.</returns>
    public async Task<EvidenceToken?> FindWithdrawalAsync(DocumentId id, CancellationToken cancellationToken)
    {
        var items = await table.QueryAsync(ItemKey.DocumentPartition(id), "WITHDRAWAL", cancellationToken);
        return items.Count == 0 ? null : EvidenceToken.Parse(items[0].Text("record"));
    }

    /// <summary>Lists the documents that a party uploaded, newest first, in every state.</summary>
    public Task<Page<DocumentRecord>> ListUploadedAsync(PartyId party, string? cursor, CancellationToken cancellationToken) =>
        ListAsync([DocumentItems.UploaderListing(party)], cursor, cancellationToken);

    /// <summary>Lists the documents that a party may ask for, newest deposit first; only those on deposit.</summary>
    public async Task<Page<DocumentRecord>> ListReadableAsync(PartyId party, string? cursor, CancellationToken cancellationToken)
    {
        string[] listings = [DocumentItems.ReaderListing(party.ToString()), DocumentItems.ReaderListing(DocumentItems.Everybody)];
        var page = await ListAsync(listings, cursor, cancellationToken);
        return page with { Entries = [.. page.Entries.Where(document => document.State == DocumentState.Deposited)] };
    }

    private async Task<Page<DocumentRecord>> ListAsync(IEnumerable<string> listings, string? cursor, CancellationToken cancellationToken)
    {
        var sources = listings.Select(listing => new MergedListing.Source(TableIndex.DocumentsByListing, listing)).ToList();
        var page = await MergedListing.ReadAsync(table, sources, cursor, cancellationToken);
        var ids = page.Entries.Select(key => DocumentId.Parse(key.PartitionId)).ToList();
        var items = await table.BatchGetAsync(ids.Select(ItemKey.Document), cancellationToken);
        var documents = items.Select(DocumentItems.Read).ToDictionary(document => document.Id);
        return new Page<DocumentRecord>([.. ids.Distinct().Where(documents.ContainsKey).Select(id => documents[id])], page.Cursor);
    }
}
