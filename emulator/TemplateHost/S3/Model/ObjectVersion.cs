using System.Text.Json.Serialization;
using TemplateHost.S3.Checksums;

namespace TemplateHost.S3.Model;

/// <summary>One version of an object, or a delete marker.</summary>
/// <param name="VersionId"><c>null</c>, the text, in a bucket without versioning.</param>
/// <param name="Headers">What a GET answers with: Content-Type, x-amz-meta-*, ….</param>
/// <param name="Parts">The files that hold its octets, in order; one of a single PUT.</param>
internal sealed record ObjectVersion(
    string Bucket,
    string Key,
    string VersionId,
    bool IsDeleteMarker,
    DateTimeOffset ModifiedAt,
    long Size,
    string ETag,
    IReadOnlyDictionary<string, string> Headers,
    Checksum? Checksum,
    IReadOnlyList<ObjectPart> Parts
)
{
    public ObjectLock Lock { get; init; } = ObjectLock.None;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    public bool IsMultipart => ETag.Contains('-', StringComparison.Ordinal);
}

/// <summary>A part of an object.</summary>
/// <param name="Blob">The name of its file.</param>
/// <param name="Checksum">Of this part alone, in base64; null when none was sent.</param>
internal sealed record ObjectPart(int Number, string Blob, long Size, string ETag, string? Checksum);

/// <summary>A multipart upload under way.</summary>
/// <param name="Algorithm">The checksum algorithm of its parts; null when none was named.</param>
/// <param name="ChecksumType">COMPOSITE or FULL_OBJECT.</param>
internal sealed record MultipartUpload(
    string UploadId,
    string Bucket,
    string Key,
    DateTimeOffset InitiatedAt,
    IReadOnlyDictionary<string, string> Headers,
    string? Algorithm,
    string ChecksumType
)
{
    /// <summary>The lock that the object is to have.</summary>
    public ObjectLock Lock { get; init; } = ObjectLock.None;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
