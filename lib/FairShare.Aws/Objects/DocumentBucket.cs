using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Documents;
using FairShare.Protocol.Digests;
using FairShare.Protocol.Identifiers;

namespace FairShare.Aws.Objects;

/// <summary>The bucket of documents. The service itself reads no byte of a document: it signs requests for parties, and reads checksums.</summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="presigner">Signs requests for parties.</param>
/// <param name="name">The bucket's name.</param>
public sealed class DocumentBucket(IAmazonS3 client, RequestPresigner presigner, string name)
{
    private const string Checksum = "x-amz-checksum-sha256";
    private static readonly TimeSpan UploadValidity = TimeSpan.FromHours(1);
    private static readonly TimeSpan DownloadValidity = TimeSpan.FromMinutes(15);
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>A PUT of the whole document; S3 refuses other bytes than the digest's.</summary>
    public Task<PresignedRequest> PresignUploadAsync(DocumentRecord document) =>
        presigner.SignAsync("PUT", document.ObjectKey, Nothing, Require(document.Digest.Value), UploadValidity);

    /// <summary>A PUT of one part; S3 refuses other bytes than the part digest's.</summary>
    public Task<PresignedRequest> PresignPartAsync(DocumentRecord document, int number, Sha256Digest digest) =>
        presigner.SignAsync(
            "PUT",
            document.ObjectKey,
            new Dictionary<string, string> { ["partNumber"] = number.ToString(CultureInfo.InvariantCulture), ["uploadId"] = UploadIdOf(document) },
            Require(digest),
            UploadValidity);

    /// <summary>A GET that lists the parts that are stored, so that an upload can be resumed.</summary>
    public Task<PresignedRequest> PresignListPartsAsync(DocumentRecord document) => presigner.SignAsync(
        "GET", document.ObjectKey, new Dictionary<string, string> { ["uploadId"] = UploadIdOf(document) }, Nothing, UploadValidity);

    /// <summary>A POST that joins the parts; its answer has the version id.</summary>
    public Task<PresignedRequest> PresignCompleteAsync(DocumentRecord document) => presigner.SignAsync(
        "POST", document.ObjectKey, new Dictionary<string, string> { ["uploadId"] = UploadIdOf(document) }, Nothing, UploadValidity);

    /// <summary>A GET of one version, with the document's name for the browser.</summary>
    public Task<PresignedRequest> PresignDownloadAsync(string objectKey, ObjectVersion version, DocumentName fileName) => presigner.SignAsync(
        "GET",
        objectKey,
        new Dictionary<string, string>
        {
            ["versionId"] = version.ToString(),
            ["response-content-disposition"] = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(fileName.ToString())}",
        },
        Nothing,
        DownloadValidity);

    /// <summary>Begins a multipart upload whose parts carry SHA-256 checksums.</summary>
    /// <returns>The upload's id.</returns>
    public async Task<string> BeginMultipartAsync(DocumentRecord document, CancellationToken cancellationToken)
    {
        var response = await client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = name,
                Key = document.ObjectKey,
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                ChecksumType = ChecksumType.COMPOSITE,
            },
            cancellationToken);
        return response.UploadId;
    }

    /// <summary>Reads what S3 knows of a version.</summary>
    /// <returns>Size and checksum, or null when there is no such version.</returns>
    public async Task<StoredObject?> FindAsync(string objectKey, ObjectVersion version, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = name, Key = objectKey, VersionId = version.ToString(), ChecksumMode = ChecksumMode.ENABLED },
                cancellationToken);
            return new StoredObject(response.ContentLength, response.ChecksumSHA256);
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            // S3 answers 400 to a version id that it could never have given.
            return null;
        }
    }

    /// <summary>Deletes every version of a document's object; a repeat changes nothing.</summary>
    public async Task DeleteAsync(string objectKey, CancellationToken cancellationToken)
    {
        var versions = await client.ListVersionsAsync(new ListVersionsRequest { BucketName = name, Prefix = objectKey }, cancellationToken);
        foreach (var version in (versions.Versions ?? []).Where(version => version.Key == objectKey))
        {
            await client.DeleteObjectAsync(
                new DeleteObjectRequest { BucketName = name, Key = objectKey, VersionId = version.VersionId }, cancellationToken);
        }
    }

    /// <summary>Drops a multipart upload with its parts; a repeat changes nothing.</summary>
    public async Task AbortMultipartAsync(DocumentRecord document, CancellationToken cancellationToken)
    {
        try
        {
            await client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = name, Key = document.ObjectKey, UploadId = UploadIdOf(document) }, cancellationToken);
        }
        catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound)
        {
            // Completed or dropped before: nothing is left to drop.
        }
    }

    private static Dictionary<string, string> Require(Sha256Digest digest) => new() { [Checksum] = digest.ToBase64() };

    private static string UploadIdOf(DocumentRecord document) =>
        document.UploadId ?? throw new InvalidOperationException($"The document {document.Id} has no multipart upload.");
}
