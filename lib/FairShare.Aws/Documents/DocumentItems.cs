using FairShare.Aws.Table;
using FairShare.Protocol.Digests;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Exchanges;
using FairShare.Protocol.Identifiers;

namespace FairShare.Aws.Documents;

/// <summary>Documents and deposits as items of the table.</summary>
internal static class DocumentItems
{
    public const string Everybody = "*";

    public static string UploaderListing(PartyId uploader) => "UPLOADER#" + uploader;

    public static string ReaderListing(string reader) => "READER#" + reader;

    public static Item Write(DocumentRecord document) => new Item(ItemKey.Document(document.Id))
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

    /// <summary>Reads a document. Its state is not stored but follows: an abort that stands decides, else whether there is a deposit.</summary>
    public static DocumentRecord Read(Item item, bool isDeposited) => new()
    {
        Id = DocumentId.Parse(item.Key.PartitionId),
        State = item.OptionalText("aborted") is { } aborted ? Enum.Parse<DocumentState>(aborted)
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

    /// <summary>The deposit, and a listing for each reader. The first stands on the deposit itself, which saves the common case an item.</summary>
    public static IEnumerable<Item> Write(DocumentRecord document, DepositRecord deposit)
    {
        IReadOnlyList<string> readers = document.Audience.Count == 0 ? [Everybody] : [.. document.Audience.Select(party => party.ToString())];
        yield return new Item(ItemKey.Deposit(document.Id))
            .With("origin", deposit.Origin.Text)
            .With("receipt", deposit.Receipt.Text)
            .With("listing", ReaderListing(readers[0]))
            .With("listedAt", deposit.DepositedAt);
        foreach (var reader in readers.Skip(1))
        {
            yield return new Item(ItemKey.Reader(document.Id, reader))
                .With("listing", ReaderListing(reader))
                .With("listedAt", deposit.DepositedAt);
        }
    }

    public static DepositRecord ReadDeposit(Item item) =>
        new(EvidenceToken.Parse(item.Text("origin")), EvidenceToken.Parse(item.Text("receipt")), item.Time("listedAt"));
}
