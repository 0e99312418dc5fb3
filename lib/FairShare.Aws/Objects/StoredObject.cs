using FairShare.Core.Digests;

namespace FairShare.Aws.Objects;

/// <summary>What S3 says of a stored version, from a checksum that S3 itself computed while the bytes came in.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="ChecksumSha256">Base64; with <c>-N</c> behind it when it is the composite of N parts. Null when the object has
/// none.</param>
/// <param name="ContentEncoding">What the uploader said of the bytes' encoding; null or empty when nothing.</param>
public sealed record StoredObject(long Size, string? ChecksumSha256, string? ContentEncoding)
{
    /// <summary>Whether an HTTP client is shown the bytes as they are stored.</summary>
    public bool IsServedAsStored => ContentEncoding is null or "" or "identity";

    /// <summary>Whether these are the bytes that the digest stands for; of parts, provided that they have the stated size.</summary>
    public bool Matches(DocumentDigest digest, long size) =>
        Size == size
        && ChecksumSha256
            == digest.Method switch
            {
                DigestMethod.Sha256 => digest.Value.ToBase64(),
                _ => $"{digest.Value.ToBase64()}-{digest.PartCount(size)}",
            };
}

/// <summary>A part of which S3 joined a version.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ChecksumSha256">Base64; null when the part was uploaded without.</param>
public sealed record StoredPart(int Number, long Size, string? ChecksumSha256)
{
    /// <summary>
    /// Whether the parts are the document's: numbered from 1 without a gap, all but the last of the stated size, the last with what is
    /// left, and their digests those whose digest was announced. A composite checksum says how many parts there are, not how long each is.
    /// </summary>
    public static bool AreOf(IReadOnlyList<StoredPart> parts, DocumentDigest digest, long size) =>
        parts.Count == digest.PartCount(size)
        && parts
            .Index()
            .All(entry => entry.Item.Number == entry.Index + 1 && entry.Item.Size == digest.Form.PartLength(entry.Item.Number, size))
        && DigestOf(parts) == digest.Value;

    private static Sha256Digest? DigestOf(IReadOnlyList<StoredPart> parts)
    {
        var joined = new byte[parts.Count * Sha256Digest.ByteLength];
        foreach (var (index, part) in parts.Index())
        {
            if (
                !Convert.TryFromBase64String(
                    part.ChecksumSha256 ?? "",
                    joined.AsSpan(index * Sha256Digest.ByteLength, Sha256Digest.ByteLength),
                    out var length
                )
                || length != Sha256Digest.ByteLength
            )
            {
                return null;
            }
        }

        return Sha256Digest.Of(joined);
    }
}
