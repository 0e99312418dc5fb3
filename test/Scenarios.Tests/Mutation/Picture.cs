using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using Row = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>A document and its evidence, as they stand in the table.</summary>
internal sealed record SeenDocument(string Id, Row? Document, Row? Deposit, Row? Withdrawal)
{
    public string Uploader => Picture.Text(Document, "uploader");

    public bool IsAborted => Document?.ContainsKey("aborted") == true;

    public string Digest => Picture.Text(Document, "digest");

    public bool IsDisclosed => Document?.ContainsKey("disclose") == true;

    public IReadOnlyList<string> Audience => [.. Document?["audience"].L?.Select(party => party.S) ?? []];

    public EvidenceToken? Origin => Deposit is null ? null : EvidenceToken.Parse(Deposit["origin"].S);
}

/// <summary>An exchange as it stands in the table.</summary>
internal sealed record SeenExchange(string Id, Row? Opening, Row? Ending)
{
    public string Document => Picture.Text(Opening ?? Ending, "documentId");

    public string Uploader => Picture.Text(Opening ?? Ending, "uploader");

    public string Downloader => Picture.Text(Opening ?? Ending, "downloader");

    public string State => Ending is null ? "AwaitingReceipt" : Picture.Text(Ending, "state");

    public bool IsCompleted => State == "Completed";

    public EvidenceToken Challenge => EvidenceToken.Parse(Picture.Text(Opening ?? Ending, "challenge"));
}

/// <summary>What stands in the table of a run's documents, exchanges and parties.</summary>
internal sealed record Picture(
    IReadOnlyList<SeenDocument> Documents,
    IReadOnlyList<SeenExchange> Exchanges,
    IReadOnlyList<Row> Parties,
    IReadOnlyList<Row> Rows
)
{
    public static async Task<Picture> TakeAsync(MutationWorld world)
    {
        var rows = new List<Row>();
        async Task<IReadOnlyList<Row>> ReadAsync(string partition)
        {
            var read = await world.Table.QueryAsync(partition);
            rows.AddRange(read);
            return read;
        }

        var documents = new List<SeenDocument>();
        foreach (var id in world.Sight.Documents)
        {
            var (document, deposit) = (await ReadAsync($"DOCUMENT#{id}"), await ReadAsync($"DEPOSIT#{id}"));
            documents.Add(new(id, Of(document, "DOCUMENT"), Of(deposit, "DEPOSIT"), Of(deposit, "WITHDRAWAL")));
        }

        var exchanges = new List<SeenExchange>();
        foreach (var id in world.Sight.Exchanges)
        {
            var items = await ReadAsync($"EXCHANGE#{id}");
            exchanges.Add(new(id, Of(items, "EXCHANGE"), Of(items, "ENDING")));
        }

        var parties = new List<Row>();
        foreach (var party in new[] { world.Alice, world.Bob, world.Carol })
        {
            parties.AddRange(await ReadAsync($"PARTY#{party.Id}"));
        }

        return new Picture(documents, exchanges, parties, rows);
    }

    public static string Text(Row? row, string name) =>
        row is not null && row.TryGetValue(name, out var value) ? value.S ?? value.N ?? "" : "";

    /// <summary>Whether the party has completed an exchange of the document.</summary>
    public bool HasAcquired(PartyId party, string document) =>
        Exchanges.Any(exchange => exchange.IsCompleted && exchange.Downloader == party.ToString() && exchange.Document == document);

    /// <summary>Whether the party may ask for the document.</summary>
    public bool IsFor(PartyId party, string document) =>
        Documents.Any(one => one.Id == document && (one.Audience.Count == 0 || one.Audience.Contains(party.ToString())));

    private static Row? Of(IReadOnlyList<Row> items, string sort) => items.FirstOrDefault(item => item["sk"].S == sort);
}
