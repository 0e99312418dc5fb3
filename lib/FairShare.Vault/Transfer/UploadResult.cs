using FairShare.Core.Digests;

namespace FairShare.Vault.Transfer;

/// <summary>How an upload ended; a closed set.</summary>
public abstract record UploadResult
{
    private UploadResult() { }

    /// <summary>Every part was sent.</summary>
    /// <param name="Digest">Of the object: <c>sha-256</c> where it has one part, <c>sha-256-parts</c> where it has several.</param>
    /// <param name="Length">Bytes of the object.</param>
    /// <param name="PartDigests">Of each part, in order.</param>
    public sealed record Completed(DocumentDigest Digest, long Length, IReadOnlyList<Sha256Digest> PartDigests) : UploadResult;

    /// <summary>
    /// The content is no longer what it was when the upload began. Nothing that differs was sent: that would have encrypted two contents
    /// with one key and nonce. The upload starts anew, under a new secret.
    /// </summary>
    /// <param name="PartNumber">The first part that differs.</param>
    public sealed record ContentChanged(int PartNumber) : UploadResult;
}
