using FairShare.Contracts.Parties;
using FairShare.Exchange.Evidence;

namespace FairShare.Contracts.Exchange;

/// <summary>Step 4: how long the downloader wants to have; null for the service's default.</summary>
public sealed record ExchangeRequest(long? DeadlineSeconds = null);

/// <summary>Step 5: the challenge.</summary>
public sealed record ExchangeGrant(
    string ExchangeId,
    string FileId,
    string? Kid,
    string Nonce,
    string Challenge,
    DateTimeOffset Due,
    string? CmkId = null
);

/// <summary>Step 6, or a decline: evidence signed by the downloader.</summary>
/// <param name="Nonce">The challenge's nonce.</param>
/// <param name="Signature">The evidence.</param>
/// <param name="Timestamp">A stamp of a receipt (TimeStampResp of RFC 3161 in base64), whose imprint is the SHA-256 of its text; null for
/// none.</param>
public sealed record ChallengeReply(string Nonce, string Signature, string? Timestamp = null);

/// <summary>Step 8; with state <c>AwaitingReceipt</c> only the place to look is given.</summary>
/// <param name="ExchangeId">The exchange.</param>
/// <param name="State">Completed, or what else it came to.</param>
/// <param name="FileId">The document.</param>
/// <param name="Nro">The evidence of origin.</param>
/// <param name="Nrr">The evidence of receipt.</param>
/// <param name="Release">The release record.</param>
/// <param name="FilePath">A short-lived presigned GET of the pinned version.</param>
/// <param name="Expires">Until when <paramref name="FilePath"/> works.</param>
/// <param name="Timestamp">When the receipt was accepted.</param>
/// <param name="Location">Where to look when it is not yet decided.</param>
public sealed record ReceiptAnswer(
    string ExchangeId,
    string State,
    string? FileId = null,
    string? Nro = null,
    string? Nrr = null,
    string? Release = null,
    string? FilePath = null,
    DateTimeOffset? Expires = null,
    DateTimeOffset? Timestamp = null,
    string? Location = null
);

/// <summary>An exchange.</summary>
public sealed record ExchangeView(
    string ExchangeId,
    string FileId,
    string Uploader,
    string Downloader,
    string State,
    DateTimeOffset OpenedAt,
    DateTimeOffset Due,
    DateTimeOffset? EndedAt = null,
    string? Name = null,
    long? Size = null
);

/// <summary>A page of exchanges; <paramref name="Cursor"/> is null on the last.</summary>
public sealed record ExchangePage(IReadOnlyList<ExchangeView> Exchanges, string? Cursor = null);

/// <summary>
/// An exchange's evidence with the keys that verify it, the stamps that the parties attached, and what the store stated of its own keys
/// where one followed another.
/// </summary>
public sealed record EvidenceAnswer(
    string ExchangeId,
    string State,
    ExchangeTokens Tokens,
    IReadOnlyList<KeyView> Keys,
    EvidenceStamps? Stamps = null,
    IReadOnlyList<string>? Successions = null
);

/// <summary>Stamps that parties attached to their evidence (TimeStampResp of RFC 3161 in base64).</summary>
/// <param name="Nro">That of the evidence of origin; null for none.</param>
/// <param name="Nrr">That of the evidence of receipt; null for none.</param>
public sealed record EvidenceStamps(string? Nro = null, string? Nrr = null);

/// <summary>A presigned GET of the pinned version.</summary>
public sealed record DownloadGrant(string FilePath, DateTimeOffset Expires);
