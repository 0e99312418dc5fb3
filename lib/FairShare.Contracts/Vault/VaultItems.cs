using FairShare.Contracts.Exchange;

namespace FairShare.Contracts.Vault;

/// <summary>An item that is to be stored.</summary>
/// <param name="Id">Its id, which derives from its secret: 22 characters of base64url.</param>
/// <param name="Verifier">SHA-256 of <c>auth</c>: 43 characters of base64url.</param>
/// <param name="OwnerTag">SHA-256 of the owner's secret: 43 characters of base64url.</param>
/// <param name="Size">The most bytes that the object will have; exactly those that it has where digest or body are given.</param>
/// <param name="ExpiresSeconds">How long it lives: 1 second to 365 days.</param>
/// <param name="MaxOpens">How often it may be opened, 1 to 1000; null for as often as somebody asks.</param>
/// <param name="Digest">The object's <c>sha-256</c>, where it is uploaded by one PUT; else parts are asked for.</param>
/// <param name="Body">The object itself, base64url, of at most 2,800 bytes; then nothing is uploaded.</param>
public sealed record VaultItemRequest(
    string Id,
    string Verifier,
    string OwnerTag,
    long Size,
    long ExpiresSeconds,
    int? MaxOpens = null,
    DigestView? Digest = null,
    string? Body = null
);

/// <summary>The item, and how to upload its object.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Pending, or Stored where the request had the body.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="PartSize">Bytes of every part but the last, where it is uploaded in parts.</param>
/// <param name="Upload">The PUT, where the request had a digest.</param>
public sealed record VaultItemGrant(string Id, string State, DateTimeOffset ExpiresAt, long PartSize, UploadWay? Upload = null);

/// <summary>Parts for which presigned PUTs are asked; at most 100.</summary>
public sealed record VaultPartsRequest(IReadOnlyList<VaultPart> Parts);

/// <summary>A part's number from 1, its SHA-256 in base64url, and its bytes.</summary>
public sealed record VaultPart(int Number, string Digest, long Size);

/// <summary>Presigned requests for an upload in parts.</summary>
/// <param name="Parts">The PUTs of the parts that were asked for.</param>
/// <param name="PartsUrl">A GET that lists the parts that are stored, to resume.</param>
/// <param name="CompleteUrl">The POST that joins the parts.</param>
/// <param name="CompleteHeaders">Its headers.</param>
public sealed record VaultPartsGrant(
    IReadOnlyList<PartWay> Parts,
    string PartsUrl,
    string CompleteUrl,
    IReadOnlyDictionary<string, string> CompleteHeaders
);

/// <summary>What was uploaded.</summary>
public sealed record VaultCommitRequest(long Size, DigestView Digest);

/// <summary>Where an item stands, as its owner sees it. Of an erased one little is left.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Pending, Stored, Opened, Done, Deleted or Expired.</param>
/// <param name="CreatedAt">When it was announced.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Size">Bytes; before the commit the most that it may have.</param>
/// <param name="MaxOpens">How often it may be opened; null for as often as somebody asks.</param>
/// <param name="Opens">How often it was opened.</param>
/// <param name="Guesses">Wrong guesses that are charged, at most 10.</param>
/// <param name="LockedUntil">When the next guess is compared, where ten are charged.</param>
public sealed record VaultItemView(
    string Id,
    string State,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? ExpiresAt = null,
    long? Size = null,
    int? MaxOpens = null,
    int? Opens = null,
    int? Guesses = null,
    DateTimeOffset? LockedUntil = null
);

/// <summary>Other limits: what is null stays.</summary>
/// <param name="ExpiresSeconds">How long the item lives from now on.</param>
/// <param name="MaxOpens">How often it may be opened in all; more often than it was.</param>
/// <param name="Unlock">Whether wrong guesses are forgotten.</param>
public sealed record VaultLimitsRequest(long? ExpiresSeconds = null, int? MaxOpens = null, bool? Unlock = null);

/// <summary>Another owner's secret, by its SHA-256: 43 characters of base64url.</summary>
public sealed record VaultOwnerRequest(string OwnerTag);

/// <summary>A page of the caller's items; <paramref name="Cursor"/> is null on the last.</summary>
public sealed record VaultItemPage(IReadOnlyList<VaultItemView> Items, string? Cursor = null);

/// <summary>What the caller's items take up, and may take up.</summary>
public sealed record VaultQuota(long Bytes, int Items, long MaxBytes, int MaxItems);
