namespace FairShare.Client.Watching;

/// <summary>A file that is, or was, sent.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Size">Its size.</param>
/// <param name="ModifiedTicks">Its modification time, UTC ticks.</param>
/// <param name="Key">The idempotency key of its announcement: whatever is repeated is about one document.</param>
/// <param name="FileId">The document, once it is announced.</param>
/// <param name="Digest">Its digest, once it is deposited.</param>
/// <param name="IsSent">Whether it is deposited.</param>
public sealed record WatchedFile(
    string Name,
    long Size,
    long ModifiedTicks,
    string Key,
    string? FileId = null,
    string? Digest = null,
    bool IsSent = false
)
{
    /// <summary>The exchanges of it whose evidence is filed.</summary>
    public IReadOnlyList<string> Filed { get; init; } = [];
}

/// <summary>Up to when everything is done that a journal is about.</summary>
/// <param name="Floor">What is older need not be looked at; null where nothing was looked at yet.</param>
/// <param name="Policy">For what policy that holds; of a folder whose files are sent, for whom they are.</param>
public sealed record WatchPosition(DateTimeOffset? Floor = null, string Policy = "");

/// <summary>A document that was collected, or that is not to be.</summary>
/// <param name="FileId">The document.</param>
/// <param name="Outcome">Received or Declined.</param>
/// <param name="ExchangeId">By which exchange.</param>
public sealed record CollectedDocument(string FileId, string Outcome, string? ExchangeId = null);
