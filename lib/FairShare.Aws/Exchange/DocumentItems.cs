using FairShare.Aws.Table;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Aws.Exchange;

/// <summary>Documents and deposits as items of the table.</summary>
internal static class DocumentItems
{
    public const string Everybody = "*";
    private const int Shards = 16;

    /// <summary>The listings of documents for everybody: so many, because one partition of an index takes 1,000 writes a second.</summary>
    public static IReadOnlyList<string> OpenListings { get; } =
    [.. Enumerable.Range(0, Shards).Select(shard => $"{ReaderListing(Everybody)}#{shard:00}")];

    public static string UploaderListing(PartyId uploader) => "UPLOADER#" + uploader;

    public static string ReaderListing(string reader) => "READER#" + reader;

    public static Item Write(DocumentRecord document) =>
        new Item(ExchangeItemKeys.Document(document.Id))
            .With("uploader", document.Uploader.ToString())
            .With("audience", [.. document.Audience.Select(party => party.ToString())])
            .With("name", document.Name.ToString())
            .With("mediaType", document.MediaType.ToString())
            .With("size", document.Size)
            .With("digestMethod", document.Digest.Method.Name())
            .With("digest", document.Digest.Value.ToString())
            .With("partSize", document.Digest.PartSize)
            .With("disclose", document.DisclosesDigest ? Disclosure.Digest : null)
            .With("nonce", document.Nonce.ToString())
            .With("uploadDue", document.UploadDue)
            .With("uploadId", document.UploadId)
            .With("listing", UploaderListing(document.Uploader))
            .With("listedAt", document.RequestedAt);

    /// <summary>
    /// Reads a document. Its state is not stored but follows: an abort that stands decides, else whether there is a deposit.
    /// </summary>
    public static DocumentRecord Read(Item item, bool isDeposited) =>
        new()
        {
            Id = DocumentId.Parse(item.Key.PartitionId),
            State =
                item.OptionalText("aborted") is { } aborted ? Enum.Parse<DocumentState>(aborted)
                : isDeposited ? DocumentState.Deposited
                : DocumentState.Pending,
            Uploader = PartyId.Parse(item.Text("uploader")),
            Audience = [.. item.List("audience").Select(PartyId.Parse)],
            Name = DocumentName.Parse(item.Text("name")),
            MediaType = MediaType.Parse(item.Text("mediaType")),
            Size = item.OptionalNumber("size") ?? 0,
            Digest = DocumentDigest.Parse(item.Text("digestMethod"), item.Text("digest"), item.OptionalNumber("partSize")),
            DisclosesDigest = item.OptionalText("disclose") is { } disclosed && Disclosure.Parse(disclosed),
            Nonce = Nonce.Parse(item.Text("nonce")),
            RequestedAt = item.Time("listedAt"),
            UploadDue = item.Time("uploadDue"),
            UploadId = item.OptionalText("uploadId"),
            Acquisitions = Acquisitions(item),
        };

    /// <summary>What an item of a document counts: a gate, or the document itself from before there were gates.</summary>
    public static long Acquisitions(Item item) => item.OptionalNumber("acquisitions") ?? 0;

    /// <summary>The deposit. It is not listed itself: it is written once, and a listing goes when the document is aborted.</summary>
    public static Item Write(DocumentRecord document, DepositRecord deposit) =>
        new Item(ExchangeItemKeys.Deposit(document.Id))
            .With("origin", deposit.Origin.Text)
            .With("receipt", deposit.Receipt.Text)
            .With("listedAt", deposit.DepositedAt);

    /// <summary>A listing for each reader; one for everybody in a listing of its shard.</summary>
    public static IEnumerable<Item> WriteListings(DocumentRecord document, DateTimeOffset at) =>
        document.Audience.Count == 0
            ? [Listing(document.Id, Everybody, OpenListings[ShardOf(document.Id)], at)]
            : document.Audience.Select(party => Listing(document.Id, party.ToString(), ReaderListing(party.ToString()), at));

    private static Item Listing(DocumentId document, string reader, string listing, DateTimeOffset at) =>
        new Item(ExchangeItemKeys.Listing(document, reader)).With("listing", listing).With("listedAt", at);

    private static int ShardOf(DocumentId document) =>
        Base64UrlText.TryDecode(document.ToString(), out var bytes) && bytes.Length > 0 ? bytes[0] % Shards : 0;

    public static DepositRecord ReadDeposit(Item item) =>
        new(EvidenceToken.Parse(item.Text("origin")), EvidenceToken.Parse(item.Text("receipt")), item.Time("listedAt"));
}
