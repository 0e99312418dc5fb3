using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;
using TemplateHost.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>Makes received octets the current version of a key.</summary>
internal sealed class ObjectWriter(HostContext context)
{
    private const string VersionAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

    public string NewVersionId(Bucket bucket) => bucket.Versioning == "Enabled" ? context.Random.Text(32, VersionAlphabet) : "null";

    /// <summary>Writes within a transaction of the store, once the request's conditions hold.</summary>
    /// <returns>Files that nothing refers to any more.</returns>
    /// <exception cref="AwsException">PreconditionFailed.</exception>
    public static IReadOnlyList<string> Put(StoreSession session, ObjectVersion version, AwsRequest request)
    {
        var versions = new VersionTable(session);
        var current = versions.Current(version.Bucket, version.Key) is { IsDeleteMarker: false } existing ? existing : null;
        var demandsNone = request.Header("If-None-Match") switch
        {
            null => false,
            "*" => true,
            _ => throw S3Errors.NotImplemented("If-None-Match other than *"),
        };
        if (demandsNone && current is not null)
        {
            throw S3Errors.PreconditionFailed("If-None-Match");
        }

        if (request.Header("If-Match") is { } wanted && (current ?? throw S3Errors.NoSuchKey()).ETag != wanted.Trim('"'))
        {
            throw S3Errors.PreconditionFailed("If-Match");
        }

        return [.. versions.Put(version)?.Parts.Select(part => part.Blob) ?? []];
    }

    public void DeleteBlobs(IEnumerable<string> names) => names.ToList().ForEach(context.Blobs.Delete);

    /// <summary>A version of one file.</summary>
    public ObjectVersion NewVersion(Bucket bucket, string key, ReceivedBlob blob, IReadOnlyDictionary<string, string> headers) =>
        new(
            bucket.Name,
            key,
            NewVersionId(bucket),
            IsDeleteMarker: false,
            context.Time.GetUtcNow(),
            blob.Size,
            blob.Md5,
            headers,
            blob.Checksum,
            [new ObjectPart(1, blob.Name, blob.Size, blob.Md5, blob.Checksum?.Value)]
        );

    /// <summary>Makes a version current whose files are written; they go again when it is refused.</summary>
    public async Task KeepAsync(ObjectVersion version, AwsRequest request)
    {
        try
        {
            DeleteBlobs(await context.Store.WriteAsync(session => Put(session, version, request)));
        }
        catch
        {
            DeleteBlobs(version.Parts.Select(part => part.Blob));
            throw;
        }
    }

    /// <summary>The headers of an answer to an upload.</summary>
    public static void Describe(AwsResponse response, Bucket bucket, ObjectVersion version)
    {
        response.Headers["ETag"] = $"\"{version.ETag}\"";
        response.Headers["x-amz-server-side-encryption"] = "AES256";
        if (bucket.Versioning is not null)
        {
            response.Headers["x-amz-version-id"] = version.VersionId;
        }

        if (version.Checksum is { } checksum)
        {
            response.Headers[$"x-amz-checksum-{checksum.Algorithm.ToLowerInvariant()}"] = checksum.Value;
            response.Headers["x-amz-checksum-type"] = checksum.Type;
        }
    }
}
