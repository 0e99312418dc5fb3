using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Objects;
using FairShare.Core.Digests;

namespace FairShare.Aws.Backup;

/// <summary>
/// A body that the peer itself writes, in the parts in which it was uploaded: one part is in memory, each is stored with its SHA-256, and
/// there is no object before the end.
/// </summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="uploads">How uploads in parts are begun and given up.</param>
/// <param name="bucket">The bucket's name.</param>
/// <param name="key">The key of the body.</param>
/// <param name="form">The digest of the body, whose parts these are.</param>
/// <param name="size">The octets of the body.</param>
public sealed class BodyCopy(IAmazonS3 client, ObjectUploads uploads, string bucket, string key, DocumentDigest form, long size)
{
    private readonly byte[] part = new byte[form.PartSize ?? size];
    private readonly List<byte[]> digests = [];
    private readonly List<PartETag> tags = [];
    private int filled;

    /// <summary>The upload in parts; null for a body that is one PUT.</summary>
    public string? UploadId { get; private set; }

    /// <summary>Begins.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) =>
        UploadId = form.PartSize is null ? null : await uploads.BeginMultipartAsync(key, cancellationToken);

    /// <summary>Takes the body's next octets.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        while (!octets.IsEmpty)
        {
            if (filled == part.Length)
            {
                await SendAsync(cancellationToken);
            }

            var taken = Math.Min(octets.Length, part.Length - filled);
            octets[..taken].CopyTo(part.AsMemory(filled));
            filled += taken;
            octets = octets[taken..];
        }
    }

    /// <summary>The digest of what was taken; call once, after the last octet.</summary>
    public async Task<DocumentDigest> EndAsync(CancellationToken cancellationToken)
    {
        if (UploadId is null)
        {
            return DocumentDigest.Whole(Sha256Digest.Of(part.AsSpan(0, filled)));
        }

        await SendAsync(cancellationToken);
        return DocumentDigest.OfParts(Sha256Digest.Of(digests.SelectMany(digest => digest).ToArray()), (int)form.PartSize!);
    }

    /// <summary>Makes an object of it.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        if (UploadId is null)
        {
            using var whole = new MemoryStream(part, 0, filled);
            await PutAsync(key, whole, cancellationToken);
            return;
        }

        await client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = UploadId,
                PartETags = tags,
            },
            cancellationToken
        );
    }

    /// <summary>Puts another object, which S3 stores with its SHA-256.</summary>
    public Task PutAsync(string other, Stream content, CancellationToken cancellationToken) =>
        client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = other,
                InputStream = content,
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            },
            cancellationToken
        );

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(part, 0, filled);
        var digest = SHA256.HashData(part.AsSpan(0, filled));
        var response = await client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = UploadId,
                PartNumber = tags.Count + 1,
                InputStream = content,
                PartSize = filled,
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                ChecksumSHA256 = Convert.ToBase64String(digest),
            },
            cancellationToken
        );
        digests.Add(digest);
        tags.Add(
            new PartETag
            {
                PartNumber = tags.Count + 1,
                ETag = response.ETag,
                ChecksumSHA256 = Convert.ToBase64String(digest),
            }
        );
        filled = 0;
    }
}
