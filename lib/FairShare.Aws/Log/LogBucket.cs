using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Log.Tiles;

namespace FairShare.Aws.Log;

/// <summary>The log's bucket. What is complete is put once and locked; what will be replaced is neither.</summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="name">The bucket's name.</param>
/// <param name="retention">How what is complete is locked.</param>
/// <param name="time">The clock.</param>
public sealed class LogBucket(IAmazonS3 client, string name, LogRetention retention, TimeProvider time)
{
    /// <summary>The key of the checkpoint.</summary>
    public const string CheckpointKey = "checkpoint";

    /// <summary>Reads an object.</summary>
    /// <returns>Its octets and its ETag; null when there is none.</returns>
    public async Task<(byte[] Content, string ETag)?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetObjectAsync(new GetObjectRequest { BucketName = name, Key = key }, cancellationToken);
            using var content = new MemoryStream();
            await response.ResponseStream.CopyToAsync(content, cancellationToken);
            return (content.ToArray(), response.ETag);
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Lists keys in their order.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="after">Only those after this one.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public async IAsyncEnumerable<string> ListAsync(
        string prefix,
        string after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ListObjectsV2Request
        {
            BucketName = name,
            Prefix = prefix,
            StartAfter = after,
        };
        ListObjectsV2Response response;
        do
        {
            response = await client.ListObjectsV2Async(request, cancellationToken);
            foreach (var found in response.S3Objects ?? [])
            {
                yield return found.Key;
            }

            request.ContinuationToken = response.NextContinuationToken;
        } while (response.IsTruncated == true);
    }

    /// <summary>Puts an archive, locked; one that is there already stays.</summary>
    public Task PutArchiveAsync(string key, byte[] content, CancellationToken cancellationToken) =>
        PutOnceAsync(key, content, "application/jsonl", isLocked: true, cancellationToken);

    /// <summary>Puts a tile or a bundle, locked if it is full; one that is there already stays.</summary>
    public Task PutTileAsync(TileFile tile, CancellationToken cancellationToken) =>
        PutOnceAsync(tile.Address.ToString(), tile.Content, "application/octet-stream", tile.Address.IsFull, cancellationToken);

    /// <summary>Puts the checkpoint in the place of the one that was read.</summary>
    /// <param name="content">The note.</param>
    /// <param name="before">The ETag of the one that was read; null where there was none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False where another was put meanwhile; then nothing has changed.</returns>
    public Task<bool> TryPutCheckpointAsync(byte[] content, string? before, CancellationToken cancellationToken)
    {
        var request = Request(CheckpointKey, content, "text/plain; charset=utf-8");
        request.IfMatch = before;
        request.IfNoneMatch = before is null ? "*" : null;
        return TryPutAsync(request, cancellationToken);
    }

    private Task<bool> PutOnceAsync(string key, byte[] content, string type, bool isLocked, CancellationToken cancellationToken)
    {
        var request = Request(key, content, type);
        request.IfNoneMatch = "*";
        if (isLocked)
        {
            request.ObjectLockMode = new ObjectLockMode(retention.Mode);
            request.ObjectLockRetainUntilDate = time.GetUtcNow().UtcDateTime.AddDays(retention.Days);
        }

        return TryPutAsync(request, cancellationToken);
    }

    private PutObjectRequest Request(string key, byte[] content, string type) =>
        new()
        {
            BucketName = name,
            Key = key,
            InputStream = new MemoryStream(content),
            ContentType = type,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
        };

    private async Task<bool> TryPutAsync(PutObjectRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutObjectAsync(request, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return false;
        }
    }
}
