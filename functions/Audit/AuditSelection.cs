using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Aws.Audit;
using FairShare.Aws.Log;
using FairShare.Aws.Table;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Functions.Audit;

/// <summary>
/// The part of the table that an audit looks at: the partitions of what entered the log, of what the sweep came upon, and of exchanges
/// whose deadline has passed; and with each partition those that its evidence is judged by.
/// </summary>
/// <param name="table">The table.</param>
internal sealed class AuditSelection(AuditedTable table)
{
    private static readonly string[] Judged = [Partitions.Exchange, Partitions.Deposit, Partitions.Party, Partitions.Store];

    private readonly Queue<string> waiting = new(OfStore);
    private readonly HashSet<string> known = [.. OfStore];
    private readonly List<LoggedToken> logged = [];
    private readonly Dictionary<string, DateTimeOffset> open = [];
    private readonly HashSet<string> awaited = [];
    private readonly List<string> gone = [];

    private static IEnumerable<string> OfStore => [Partitions.Store + "KEYS", Partitions.Store + "LOG"];

    /// <summary>The exchanges that were read and have no ending, with their deadlines.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Open => open;

    /// <summary>The exchanges that an audit before found open, and of which the table has nothing any more.</summary>
    public IEnumerable<AuditFinding> Gone =>
        gone.Select(exchange => new AuditFinding("exchange-gone", exchange, "It was open, and the table has nothing of it any more."));

    /// <summary>Adds a partition, if it is of a kind that is judged.</summary>
    public void Add(string partition)
    {
        if (Array.Exists(Judged, kind => partition.StartsWith(kind, StringComparison.Ordinal)) && known.Add(partition))
        {
            waiting.Enqueue(partition);
        }
    }

    /// <summary>Adds the partition of an exchange that an audit before found open.</summary>
    public void AddOpen(string exchange)
    {
        awaited.Add(Partitions.Exchange + exchange);
        Add(Partitions.Exchange + exchange);
    }

    /// <summary>Adds the partition of a token that entered the log.</summary>
    public void Add(LoggedToken token)
    {
        logged.Add(token);
        AddPlaceOf(token.Text);
    }

    /// <summary>
    /// Adds the partition of a token that entered the log long ago. Where the table says that it stands is asked with the places of the
    /// other tokens whose leaves were not read.
    /// </summary>
    public void AddOld(LoggedToken token) => AddPlaceOf(token.Text);

    /// <summary>Reads the items, and where the table says that the tokens stand in the log.</summary>
    public async IAsyncEnumerable<AuditedItem> ReadAsync()
    {
        while (waiting.TryDequeue(out var partition))
        {
            var items = await table.ReadPartitionAsync(partition, CancellationToken.None);
            NoteIfOpen(items);
            if (items.Count == 0 && awaited.Contains(partition))
            {
                gone.Add(partition);
            }

            foreach (var item in items)
            {
                AddWhatJudges(item);
                yield return item;
            }
        }

        foreach (var place in await table.ReadPlacesAsync(logged.Select(token => token.Leaf.TokenHash), CancellationToken.None))
        {
            yield return place;
        }
    }

    private void NoteIfOpen(IReadOnlyList<AuditedItem> items)
    {
        if (
            items.FirstOrDefault(item => item.Sort == "EXCHANGE")?["challenge"] is { } challenge
            && !items.Any(item => item.Sort == "ENDING")
            && EvidenceToken.TryParse(challenge, out var token, out _)
            && token.Statement.Due is { } due
        )
        {
            open[items[0].Id] = due;
        }
    }

    // An exchange is judged by the deposit of its document, and every token by the keys of who signed it.
    private void AddWhatJudges(AuditedItem item)
    {
        if (item["documentId"] is { } document)
        {
            Add(Partitions.Deposit + document);
        }

        foreach (var (_, text) in item.Tokens)
        {
            if (EvidenceToken.TryParse(text, out var token, out _) && token.Statement.Signer is { IsStore: false } signer)
            {
                Add(Partitions.Party + signer);
            }
        }
    }

    private void AddPlaceOf(string text)
    {
        if (EvidenceToken.TryParse(text, out var token, out _))
        {
            Add(token.Statement.Exchange is { } exchange ? Partitions.Exchange + exchange : Partitions.Deposit + DocumentOf(token));
            return;
        }

        try
        {
            // That of a key of the store's own is read in any case.
            Add(Partitions.Party + KeyRecordToken.Parse(text).Record.Party);
        }
        catch (TokenException)
        {
            // It is no token of any kind: its leaf will lack a token in the table.
        }
    }

    private static DocumentId DocumentOf(EvidenceToken token) => token.Statement.Document.Id;
}
