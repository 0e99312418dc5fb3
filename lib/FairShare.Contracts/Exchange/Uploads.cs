namespace FairShare.Contracts.Exchange;

/// <summary>A document's digest on the wire.</summary>
/// <param name="Method"><c>sha-256</c> or <c>sha-256-parts</c>.</param>
/// <param name="Value">43 characters of base64url.</param>
/// <param name="PartSize">Bytes of a part, with <c>sha-256-parts</c>.</param>
public sealed record DigestView(string Method, string Value, long? PartSize = null);

/// <summary>Step 1: what is to be uploaded; <paramref name="Disclose"/> is <c>digest</c> or null.</summary>
public sealed record UploadRequest(
    string Name,
    string MediaType,
    long Size,
    DigestView Digest,
    IReadOnlyList<string> Audience,
    string? Disclose = null
);

/// <summary>Step 2: where to, and the nonce for the evidence of origin.</summary>
/// <param name="FileId">The document's id.</param>
/// <param name="Kid">The key with which the service expects the evidence to be signed.</param>
/// <param name="Nonce">The single-use nonce.</param>
/// <param name="FilePath">The object key.</param>
/// <param name="AnnouncedAt">When the document was announced, on the service's clock; the evidence is not made before it.</param>
/// <param name="Due">Until when the evidence must be in.</param>
/// <param name="Upload">How to upload.</param>
/// <param name="CmkId">The KMS key's id, when the key is held.</param>
public sealed record UploadGrant(
    string FileId,
    string? Kid,
    string Nonce,
    string FilePath,
    DateTimeOffset AnnouncedAt,
    DateTimeOffset Due,
    UploadWay Upload,
    string? CmkId = null
);

/// <summary>One PUT (<paramref name="Method"/>, <paramref name="Url"/>, <paramref name="Headers"/>), or a multipart upload.</summary>
public sealed record UploadWay(
    string? Method = null,
    string? Url = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    MultipartWay? Multipart = null
);

/// <summary>A multipart upload.</summary>
public sealed record MultipartWay(
    string UploadId,
    long PartSize,
    long PartCount,
    string PartsUrl,
    string CompleteUrl,
    IReadOnlyDictionary<string, string>? CompleteHeaders = null
);

/// <summary>Parts for which presigned PUTs are asked; at most 100.</summary>
public sealed record PartsRequest(IReadOnlyList<PartDigest> Parts);

/// <summary>A part's number from 1 and its SHA-256, base64url.</summary>
public sealed record PartDigest(int Number, string Digest);

/// <summary>Presigned PUTs of parts.</summary>
public sealed record PartsGrant(IReadOnlyList<PartWay> Parts);

/// <summary>A part's presigned PUT.</summary>
public sealed record PartWay(int Number, string Method, string Url, IReadOnlyDictionary<string, string>? Headers = null);

/// <summary>Step 3: the evidence of origin.</summary>
/// <param name="FilePath">Where the document was uploaded to.</param>
/// <param name="Nonce">The nonce of step 2.</param>
/// <param name="Signature">The evidence.</param>
/// <param name="Timestamp">A stamp of it (TimeStampResp of RFC 3161 in base64), whose imprint is the SHA-256 of its text; null for
/// none.</param>
public sealed record OriginRequest(string FilePath, string Nonce, string Signature, string? Timestamp = null);

/// <summary>Step v: the deposit receipt.</summary>
public sealed record OriginAnswer(string FileId, bool Verified, string Receipt);
