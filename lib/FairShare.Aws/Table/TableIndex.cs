namespace FairShare.Aws.Table;

/// <summary>A global secondary index with its key attributes; the names are the template's.</summary>
internal sealed record TableIndex(string Name, string PartitionKey, string SortKey)
{
    public static TableIndex DocumentsByListing { get; } = new("documentsByListing", "listing", "listedAt");

    public static TableIndex ExchangesByDocument { get; } = new("exchangesByDocument", "documentId", "openedAt");

    public static TableIndex EndingsByUploader { get; } = new("endingsByUploader", "uploader", "endedAt");

    public static TableIndex EndingsByDownloader { get; } = new("endingsByDownloader", "downloader", "endedAt");
}
