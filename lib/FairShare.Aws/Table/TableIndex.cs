namespace FairShare.Aws.Table;

/// <summary>A global secondary index of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PartitionKey">The attribute that is its partition key.</param>
/// <param name="SortKey">The attribute that is its sort key.</param>
public sealed record TableIndex(string Name, string PartitionKey, string SortKey)
{
    /// <summary>Documents by who may see them listed, newest last.</summary>
    public static TableIndex DocumentsByListing { get; } = new("documentsByListing", "listing", "listedAt");

    /// <summary>Exchanges of a document.</summary>
    public static TableIndex ExchangesByDocument { get; } = new("exchangesByDocument", "documentId", "openedAt");

    /// <summary>Endings by the uploader whom they concern.</summary>
    public static TableIndex EndingsByUploader { get; } = new("endingsByUploader", "uploader", "endedAt");

    /// <summary>Endings by the downloader whom they concern.</summary>
    public static TableIndex EndingsByDownloader { get; } = new("endingsByDownloader", "downloader", "endedAt");

    /// <summary>
    /// Endings that are no completion, by how and on which day (UTC): <c>Expired#2026-11-25</c>. For auditors; no function reads it.
    /// </summary>
    public static TableIndex EndingsByState { get; } = new("endingsByState", "stateOn", "endedAt");
}
