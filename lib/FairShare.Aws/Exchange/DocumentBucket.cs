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
    private static readonly TimeSpan DownloadValidity = TimeSpan.FromMinutes(15);
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly ObjectUploads uploads = new(client, presigner, name);
    private readonly ObjectFacts facts = new(client, name);

    /// <summary>A PUT of the whole document, once; S3 refuses other bytes than the digest's.</summary>
    public Task<PresignedRequest> PresignUploadAsync(DocumentRecord document) =>
        uploads.PresignPutAsync(document.ObjectKey, document.Digest.Value, document.Size);

    /// <summary>
    /// A PUT of one part; S3 refuses other bytes than the part digest's, and another length than the part has by its number.
    /// </summary>
    public Task<PresignedRequest> PresignPartAsync(DocumentRecord document, int number, Sha256Digest digest) =>
        uploads.PresignPartAsync(
            document.ObjectKey,
            UploadIdOf(document),
            number,
            digest,
            document.Digest.Form.PartLength(number, document.Size)
        );

    /// <summary>A GET that lists the parts that are stored, so that an upload can be resumed.</summary>
    public Task<PresignedRequest> PresignListPartsAsync(DocumentRecord document) =>
        uploads.PresignListPartsAsync(document.ObjectKey, UploadIdOf(document));

    /// <summary>A POST that joins the parts; its answer has the version id.</summary>
    public Task<PresignedRequest> PresignCompleteAsync(DocumentRecord document) =>
        uploads.PresignCompleteAsync(document.ObjectKey, UploadIdOf(document));

    /// <summary>A GET of one version, with the document's name for the browser.</summary>
    public Task<PresignedRequest> PresignDownloadAsync(DocumentDescription document) =>
        presigner.SignAsync(
            "GET",
            ObjectKeyOf(document.Id),
            new Dictionary<string, string>(
                DownloadHeaders.Of(
                    $"attachment; filename*=UTF-8''{Uri.EscapeDataString(document.Name.ToString())}",
                    document.Type.ToString()
                )
            )
            {
                ["versionId"] = document.Version.ToString(),
            },
            Nothing,
            DownloadValidity
        );

    /// <summary>Begins a multipart upload whose parts carry SHA-256 checksums.</summary>
    /// <returns>The upload's id.</returns>
    public Task<string> BeginMultipartAsync(DocumentRecord document, CancellationToken cancellationToken) =>
        uploads.BeginMultipartAsync(document.ObjectKey, cancellationToken);

    /// <summary>The key of a document's object, the seed's <c>filePath</c>.</summary>
    public static string ObjectKeyOf(DocumentId document) => $"documents/{document}";

    /// <summary>Reads what S3 knows of a version.</summary>
    /// <returns>Size, checksum and what changes how it is served; or null when there is no such version.</returns>
    public Task<StoredObject?> FindAsync(string objectKey, ObjectVersion version, CancellationToken cancellationToken) =>
        facts.FindAsync(objectKey, version.ToString(), cancellationToken);

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
    public Task<IReadOnlyList<StoredPart>> ListPartsAsync(string objectKey, ObjectVersion version, CancellationToken cancellationToken) =>
        facts.ListPartsAsync(objectKey, version.ToString(), cancellationToken);

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
    public Task AbortMultipartAsync(DocumentRecord document, CancellationToken cancellationToken) =>
        uploads.AbortMultipartAsync(document.ObjectKey, UploadIdOf(document), cancellationToken);

    private static string UploadIdOf(DocumentRecord document) =>
        document.UploadId ?? throw new InvalidOperationException($"The document {document.Id} has no multipart upload.");
}
