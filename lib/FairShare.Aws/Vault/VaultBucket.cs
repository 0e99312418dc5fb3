using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Objects;
using FairShare.Core.Digests;

namespace FairShare.Aws.Vault;

/// <summary>
/// The bucket of the vault. The service itself reads no byte of an object: it signs requests for others, and reads checksums.
/// </summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="presigner">Signs requests for others.</param>
/// <param name="name">The bucket's name.</param>
/// <param name="time">The clock.</param>
public sealed class VaultBucket(IAmazonS3 client, RequestPresigner presigner, string name, TimeProvider time)
{
    private static readonly TimeSpan DownloadValidity = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly ObjectFacts facts = new(client, name);

    /// <summary>How objects come in.</summary>
    public ObjectUploads Uploads { get; } = new(client, presigner, name);

    /// <summary>A GET of an item's object, which must start within a minute and before the item's end.</summary>
    public async Task<string> PresignDownloadAsync(VaultRecord record)
    {
        var left = record.Item.Limits.ExpiresAt - time.GetUtcNow();
        var request = await presigner.SignAsync(
            "GET",
            record.ObjectKey,
            DownloadHeaders.Of("attachment", "application/octet-stream"),
            Nothing,
            left >= DownloadValidity ? DownloadValidity
                : left > TimeSpan.FromSeconds(1) ? left
                : TimeSpan.FromSeconds(1)
        );
        return request.Url;
    }

    /// <summary>Whether an item's object is stored, and is the one that its uploader says.</summary>
    /// <returns>Null where nothing is stored.</returns>
    public async Task<bool?> IsStoredAsync(VaultRecord record, DocumentDigest digest, long size, CancellationToken cancellationToken)
    {
        var found = await facts.FindAsync(record.ObjectKey, version: null, cancellationToken);
        return found is null ? null
            : !found.Matches(digest, size) ? false
            : digest.Method == DigestMethod.Sha256
                || StoredPart.AreOf(await facts.ListPartsAsync(record.ObjectKey, version: null, cancellationToken), digest, size);
    }

    /// <summary>Erases an item's object, and what was uploaded of it in parts; a repeat changes nothing.</summary>
    public async Task EraseAsync(VaultRecord record, CancellationToken cancellationToken)
    {
        if (record.UploadId is { } upload)
        {
            await Uploads.AbortMultipartAsync(record.ObjectKey, upload, cancellationToken);
        }

        await client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = name, Key = record.ObjectKey }, cancellationToken);
    }
}
