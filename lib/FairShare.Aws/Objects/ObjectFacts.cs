using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace FairShare.Aws.Objects;

/// <summary>What S3 knows of stored objects. Nobody reads their bytes here.</summary>
/// <param name="client">The S3 client, with the function's own role.</param>
/// <param name="bucket">The bucket's name.</param>
public sealed class ObjectFacts(IAmazonS3 client, string bucket)
{
    private const int PartsPerPage = 1000;

    /// <summary>Reads what S3 knows of an object.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="version">The version's id; null for what a GET of the key would give.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Size, checksum and what changes how it is served; or null when there is no such version.</returns>
    public async Task<StoredObject?> FindAsync(string key, string? version, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest
                {
                    BucketName = bucket,
                    Key = key,
                    VersionId = version,
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

    /// <summary>Reads the parts of which S3 joined an object, in order.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="version">The version's id; null for what a GET of the key would give.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<IReadOnlyList<StoredPart>> ListPartsAsync(string key, string? version, CancellationToken cancellationToken)
    {
        var parts = new List<StoredPart>();
        int? marker = null;
        do
        {
            var request = new GetObjectAttributesRequest
            {
                BucketName = bucket,
                Key = key,
                VersionId = version,
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
}
