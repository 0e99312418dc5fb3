using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Core.Digests;

namespace FairShare.Aws.Objects;

/// <summary>
/// How objects come into a bucket: by requests that are signed for whoever uploads, each bound to a digest and a length, and each good for
/// one object. What is there already is never replaced.
/// </summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="presigner">Signs requests for others.</param>
/// <param name="bucket">The bucket's name.</param>
public sealed class ObjectUploads(IAmazonS3 client, RequestPresigner presigner, string bucket)
{
    /// <summary>How long a presigned upload is good for: an hour.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    private const string Checksum = "x-amz-checksum-sha256";

    // Whoever holds the URL may use it until it expires: what is there already is never replaced, nor joined by a second version.
    private static readonly Dictionary<string, string> Once = new() { ["if-none-match"] = "*" };
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>A PUT of a whole object, once; S3 refuses other bytes than the digest's.</summary>
    public Task<PresignedRequest> PresignPutAsync(string key, Sha256Digest digest, long length) =>
        presigner.SignAsync("PUT", key, Nothing, new Dictionary<string, string>([.. Require(digest, length), .. Once]), Validity);

    /// <summary>A PUT of one part; S3 refuses other bytes than the digest's, and another length.</summary>
    public Task<PresignedRequest> PresignPartAsync(string key, string uploadId, int number, Sha256Digest digest, long length) =>
        presigner.SignAsync(
            "PUT",
            key,
            new Dictionary<string, string> { ["partNumber"] = number.ToString(CultureInfo.InvariantCulture), ["uploadId"] = uploadId },
            Require(digest, length),
            Validity
        );

    /// <summary>A GET that lists the parts that are stored, so that an upload can be resumed.</summary>
    public Task<PresignedRequest> PresignListPartsAsync(string key, string uploadId) =>
        presigner.SignAsync("GET", key, new Dictionary<string, string> { ["uploadId"] = uploadId }, Nothing, Validity);

    /// <summary>A POST that joins the parts.</summary>
    public Task<PresignedRequest> PresignCompleteAsync(string key, string uploadId) =>
        presigner.SignAsync("POST", key, new Dictionary<string, string> { ["uploadId"] = uploadId }, Once, Validity);

    /// <summary>Begins a multipart upload whose parts carry SHA-256 checksums.</summary>
    /// <returns>The upload's id.</returns>
    public async Task<string> BeginMultipartAsync(string key, CancellationToken cancellationToken)
    {
        var response = await client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                ChecksumType = ChecksumType.COMPOSITE,
            },
            cancellationToken
        );
        return response.UploadId;
    }

    /// <summary>The parts of a multipart upload that S3 has, in order.</summary>
    public async Task<List<PartETag>> ListPartsAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        var parts = new List<PartETag>();
        var request = new ListPartsRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = uploadId,
        };
        ListPartsResponse page;
        do
        {
            page = await client.ListPartsAsync(request, cancellationToken);
            parts.AddRange(
                (page.Parts ?? []).Select(part => new PartETag
                {
                    PartNumber = part.PartNumber,
                    ETag = part.ETag,
                    ChecksumSHA256 = part.ChecksumSHA256,
                })
            );
            request.PartNumberMarker = page.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture);
        } while (page.IsTruncated == true);
        return parts;
    }

    /// <summary>Drops a multipart upload with its parts; a repeat changes nothing.</summary>
    public async Task AbortMultipartAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            await client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = uploadId,
                },
                cancellationToken
            );
        }
        catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound)
        {
            // Completed or dropped before: nothing is left to drop.
        }
    }

    private static Dictionary<string, string> Require(Sha256Digest digest, long length) =>
        new() { [Checksum] = digest.ToBase64(), ["content-length"] = length.ToString(CultureInfo.InvariantCulture) };
}
