using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Objects;

namespace FairShare.Aws.Backup;

/// <summary>
/// A body that the peer itself writes, in the parts in which it was uploaded, each stored with its SHA-256. A part may be sent again, and
/// there is no object before the end.
/// </summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="uploads">How uploads in parts are begun and given up.</param>
/// <param name="bucket">The bucket's name.</param>
/// <param name="key">The key of the body.</param>
/// <param name="uploadId">The upload in parts; null for a body that is one PUT.</param>
public sealed class BodyCopy(IAmazonS3 client, ObjectUploads uploads, string bucket, string key, string? uploadId)
{
    /// <summary>Sends a part; the whole body where it is one PUT.</summary>
    /// <param name="number">The part's number, from 1.</param>
    /// <param name="octets">Its octets.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False where S3 has given the upload up.</returns>
    public async Task<bool> SendAsync(int number, ArraySegment<byte> octets, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(octets.Array!, octets.Offset, octets.Count);
        if (uploadId is null)
        {
            await client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    InputStream = content,
                    ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                },
                cancellationToken
            );
            return true;
        }

        var request = new UploadPartRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = uploadId,
            PartNumber = number,
            InputStream = content,
            PartSize = octets.Count,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
        };
        return await TryAsync(() => client.UploadPartAsync(request, cancellationToken));
    }

    /// <summary>Makes an object of the parts; nothing where the body is one PUT.</summary>
    /// <returns>False where S3 has given the upload up.</returns>
    public async Task<bool> CompleteAsync(CancellationToken cancellationToken) =>
        uploadId is null
        || await TryAsync(async () =>
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = uploadId,
                    PartETags = await uploads.ListPartsAsync(key, uploadId, cancellationToken),
                },
                cancellationToken
            )
        );

    private static async Task<bool> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
