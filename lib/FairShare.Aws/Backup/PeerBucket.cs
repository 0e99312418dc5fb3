using System.Net;
using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Objects;
using FairShare.Backup.Records;
using FairShare.Core.Digests;

namespace FairShare.Aws.Backup;

/// <summary>A peer's bucket. Bytes come and go by presigned requests; only to prove it and to put it right does the peer itself read a
/// body.</summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="presigner">Signs requests for others.</param>
/// <param name="name">The bucket's name.</param>
public sealed class PeerBucket(IAmazonS3 client, RequestPresigner presigner, string name)
{
    /// <summary>What the keys of all objects begin with.</summary>
    public const string Prefix = "b/";

    private static readonly TimeSpan DownloadValidity = TimeSpan.FromHours(1);
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly ObjectFacts facts = new(client, name);

    /// <summary>How objects come in.</summary>
    public ObjectUploads Uploads { get; } = new(client, presigner, name);

    /// <summary>The key of a body.</summary>
    public static string BodyKey(BackupId backup, string slot) => $"{Prefix}{backup}/{slot}/body";

    /// <summary>The key of the hashes of a body's leaves.</summary>
    public static string TreeKey(BackupId backup, string slot) => $"{Prefix}{backup}/{slot}/tree";

    /// <summary>A GET of an object, good for an hour; ranges of it may be asked for.</summary>
    public async Task<string> PresignGetAsync(string key) =>
        (await presigner.SignAsync("GET", key, Nothing, Nothing, DownloadValidity)).Url;

    /// <summary>Whether a body is stored, and is the one that its uploader says.</summary>
    /// <returns>Null where nothing is stored.</returns>
    public async Task<bool?> IsStoredAsync(string key, DocumentDigest digest, long size, CancellationToken cancellationToken)
    {
        var found = await facts.FindAsync(key, version: null, cancellationToken);
        return found is null ? null
            : !found.Matches(digest, size) ? false
            : digest.Method == DigestMethod.Sha256
                || StoredPart.AreOf(await facts.ListPartsAsync(key, version: null, cancellationToken), digest, size);
    }

    /// <summary>Some of an object's octets.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many at most; at least one.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Null where there is no such object.</returns>
    public async Task<ObjectRange?> ReadAsync(string key, long from, long count, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = name,
            Key = key,
            ByteRange = new ByteRange(from, from + count - 1),
        };
        try
        {
            var response = await client.GetObjectAsync(request, cancellationToken);
            var total = ContentRangeHeaderValue.Parse(response.ContentRange).Length ?? 0;
            return new ObjectRange(response.ResponseStream, response.ETag, total);
        }
        catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (AmazonS3Exception behind) when (behind.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return new ObjectRange(Stream.Null, "", 0);
        }
    }

    /// <summary>A body that the peer itself writes.</summary>
    public BodyCopy Copy(BackupId backup, PendingBody pending) =>
        new(client, Uploads, name, BodyKey(backup, pending.Slot), pending.UploadId);

    /// <summary>Puts the hashes that lie beside one body beside another of the same octets.</summary>
    /// <returns>False where there are none.</returns>
    public async Task<bool> TryCopyTreeAsync(BackupId backup, string from, string to, CancellationToken cancellationToken)
    {
        var request = new CopyObjectRequest
        {
            SourceBucket = name,
            SourceKey = TreeKey(backup, from),
            DestinationBucket = name,
            DestinationKey = TreeKey(backup, to),
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
        };
        try
        {
            await client.CopyObjectAsync(request, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Erases a body with its tree, and what was uploaded of it in parts; a repeat changes nothing.</summary>
    public async Task EraseAsync(BackupId backup, string slot, string? uploadId, CancellationToken cancellationToken)
    {
        if (uploadId is not null)
        {
            await Uploads.AbortMultipartAsync(BodyKey(backup, slot), uploadId, cancellationToken);
        }

        foreach (var key in new[] { BodyKey(backup, slot), TreeKey(backup, slot) })
        {
            await client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = name, Key = key }, cancellationToken);
        }
    }
}
