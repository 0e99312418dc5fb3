namespace FairShare.Contracts.Exchange;

/// <summary>A document.</summary>
/// <param name="FileId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Uploader">The uploader's party id.</param>
/// <param name="Audience">Who may ask for it; empty for everybody.</param>
/// <param name="State">Pending, Deposited, Withdrawn, Deleted or Dropped.</param>
/// <param name="Digest">Its digest; to others than the uploader only when the uploader discloses it.</param>
/// <param name="Version">The stored version, while no evidence of origin has been accepted; for the uploader only.</param>
/// <param name="DepositedAt">When the evidence of origin was accepted.</param>
/// <param name="OriginHash">Hash of the evidence of origin.</param>
/// <param name="Origin">The evidence of origin; for the uploader only.</param>
/// <param name="Receipt">The deposit receipt; for the uploader only.</param>
public sealed record DocumentView(
    string FileId,
    string Name,
    string MediaType,
    long Size,
    string Uploader,
    IReadOnlyList<string> Audience,
    string State,
    DigestView? Digest = null,
    string? Version = null,
    DateTimeOffset? DepositedAt = null,
    string? OriginHash = null,
    string? Origin = null,
    string? Receipt = null
);

/// <summary>A page of documents; <paramref name="Cursor"/> is null on the last.</summary>
public sealed record DocumentPage(IReadOnlyList<DocumentView> Documents, string? Cursor = null);

/// <summary>An abort: 1 dropped before deposit, 2 deleted, 3 withdrawn after somebody acquired it.</summary>
public sealed record AbortAnswer(string FileId, int Abort, string? Record = null);
