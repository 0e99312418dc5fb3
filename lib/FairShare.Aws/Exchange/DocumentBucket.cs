using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Aws.Objects;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Aws.Exchange;

/// <summary>
/// The bucket of documents. The service itself reads no byte of a document: it signs requests for parties, and reads checksums.
/// </summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="presigner">Signs requests for parties.</param>
/// <param name="name">The bucket's name.</param>
public sealed class DocumentBucket(IAmazonS3 client, RequestPresigner presigner, string name)
{
    /// <summary>How long a presigned upload is good for.</summary>
    public static readonly TimeSpan UploadValidity = TimeSpan.FromHours(1);

    private const string Checksum = "x-amz-checksum-sha256";

    // Whoever holds the URL may use it until it expires: what is there already is never replaced, nor joined by a second version.
    private static readonly Dictionary<string, string> Once = new() { ["if-none-match"] = "*" };
    private static readonly TimeSpan DownloadValidity = TimeSpan.FromMinutes(15);
    private static readonly Dictionary<string, string> Nothing = [];
    private const int PartsPerPage = 1000;

    /// <summary>A PUT of the whole document, once; S3 refuses other bytes than the digest's.</summary>
    public Task<PresignedRequest> PresignUploadAsync(DocumentRecord document)
    {
        var headers = new Dictionary<string, string>([.. Require(document.Digest.Value, document.Size), .. Once]);
        return presigner.SignAsync("PUT", document.ObjectKey, Nothing, headers, UploadValidity);
    }

    /// <summary>
    /// A PUT of one part; S3 refuses other bytes than the part digest's, and another length than the part has by its number.
    /// </summary>
    public Task<PresignedRequest> PresignPartAsync(DocumentRecord document, int number, Sha256Digest digest) =>
        presigner.SignAsync(
            "PUT",
            document.ObjectKey,
            new Dictionary<string, string>
            {
                ["partNumber"] = number.ToString(CultureInfo.InvariantCulture),
                ["uploadId"] = UploadIdOf(document),
            },
            Require(digest, document.Digest.Form.PartLength(number, document.Size)),
            UploadValidity
        );

    /// <summary>A GET that lists the parts that are stored, so that an upload can be resumed.</summary>
    public Task<PresignedRequest> PresignListPartsAsync(DocumentRecord document) =>
        presigner.SignAsync(
            "GET",
            document.ObjectKey,
            new Dictionary<string, string> { ["uploadId"] = UploadIdOf(document) },
            Nothing,
            UploadValidity
        );

    /// <summary>A POST that joins the parts; its answer has the version id.</summary>
    public Task<PresignedRequest> PresignCompleteAsync(DocumentRecord document) =>
        presigner.SignAsync(
            "POST",
            document.ObjectKey,
            new Dictionary<string, string> { ["uploadId"] = UploadIdOf(document) },
            Once,
            UploadValidity
        );

    /// <summary>
    /// A GET of one version, with the document's name for the browser. The answer's headers are this request's, whatever was uploaded:
    /// with a Content-Encoding of the uploader's an HTTP client would show other bytes than those of the digest.
    /// </summary>
    public Task<PresignedRequest> PresignDownloadAsync(DocumentDescription document) =>
        presigner.SignAsync(
            "GET",
            ObjectKeyOf(document.Id),
            new Dictionary<string, string>
            {
                ["versionId"] = document.Version.ToString(),
                ["response-cache-control"] = "private, no-store, no-transform",
                ["response-content-disposition"] = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(document.Name.ToString())}",
                ["response-content-encoding"] = "identity",
                ["response-content-language"] = "und",
                ["response-content-type"] = document.Type.ToString(),
                ["response-expires"] = DateTimeOffset.UnixEpoch.ToString("R", CultureInfo.InvariantCulture),
            },
            Nothing,
            DownloadValidity
        );

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
            cancellationToken
        );
        return response.UploadId;
    }

    /// <summary>The key of a document's object, the seed's <c>filePath</c>.</summary>
    public static string ObjectKeyOf(DocumentId document) => $"documents/{document}";

    /// <summary>Reads what S3 knows of a version.</summary>
    /// <returns>Size, checksum and what changes how it is served; or null when there is no such version.</returns>
    public async Task<StoredObject?> FindAsync(string objectKey, ObjectVersion version, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest
                {
                    BucketName = name,
                    Key = objectKey,
                    VersionId = version.ToString(),
                    ChecksumMode = ChecksumMode.ENABLED,
                },
                cancellationToken
            );
            return new StoredObject(response.ContentLength, response.ChecksumSHA256, response.Headers.ContentEncoding);
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            // S3 answers 400 to a version id that it could never have given.
            return null;
        }
    }

    /// <summary>The version that a GET of the key would give.</summary>
    /// <returns>The version, or null when nothing is stored.</returns>
    public async Task<ObjectVersion?> FindCurrentVersionAsync(string objectKey, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = name, Key = objectKey },
                cancellationToken
            );
            return ObjectVersion.Parse(response.VersionId);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Reads the parts of which S3 joined a version, in order.</summary>
    public async Task<IReadOnlyList<StoredPart>> ListPartsAsync(
        string objectKey,
        ObjectVersion version,
        CancellationToken cancellationToken
    )
    {
        var parts = new List<StoredPart>();
        int? marker = null;
        do
        {
            var request = new GetObjectAttributesRequest
            {
                BucketName = name,
                Key = objectKey,
                VersionId = version.ToString(),
                ObjectAttributes = [ObjectAttributes.ObjectParts],
                MaxParts = PartsPerPage,
                PartNumberMarker = marker,
            };
            var found = (await client.GetObjectAttributesAsync(request, cancellationToken)).ObjectParts;
            parts.AddRange((found?.Parts ?? []).Select(part => new StoredPart(part.PartNumber ?? 0, part.Size ?? 0, part.ChecksumSHA256)));
            marker = found?.IsTruncated == true ? found.NextPartNumberMarker : null;
        } while (marker is not null);
        return parts;
    }

    /// <summary>Deletes every version of a document's object, however many there are; a repeat changes nothing.</summary>
    public async Task DeleteAsync(string objectKey, CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = name, Prefix = objectKey };
        ListVersionsResponse page;
        do
        {
            page = await client.ListVersionsAsync(request, cancellationToken);
            foreach (var version in (page.Versions ?? []).Where(version => version.Key == objectKey))
            {
                await client.DeleteObjectAsync(
                    new DeleteObjectRequest
                    {
                        BucketName = name,
                        Key = objectKey,
                        VersionId = version.VersionId,
                    },
                    cancellationToken
                );
            }

            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        } while (page.IsTruncated == true);
    }

    /// <summary>Drops a multipart upload with its parts; a repeat changes nothing.</summary>
    public async Task AbortMultipartAsync(DocumentRecord document, CancellationToken cancellationToken)
    {
        try
        {
            await client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest
                {
                    BucketName = name,
                    Key = document.ObjectKey,
                    UploadId = UploadIdOf(document),
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

    private static string UploadIdOf(DocumentRecord document) =>
        document.UploadId ?? throw new InvalidOperationException($"The document {document.Id} has no multipart upload.");
}
