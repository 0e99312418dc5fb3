using FairShare.Protocol.Digests;

namespace FairShare.Aws.Objects;

/// <summary>What S3 says of a stored version, from a checksum that S3 itself computed while the bytes came in.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="ChecksumSha256">Base64; with <c>-N</c> behind it when it is the composite of N parts. Null when the object has none.</param>
public sealed record StoredObject(long Size, string? ChecksumSha256)
{
    /// <summary>Whether these are the bytes that the digest stands for.</summary>
    public bool Matches(DocumentDigest digest, long size) =>
        Size == size && ChecksumSha256 == digest.Method switch
        {
            DigestMethod.Sha256 => digest.Value.ToBase64(),
            _ => $"{digest.Value.ToBase64()}-{digest.PartCount(size)}",
        };
}
