using System.Globalization;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;
using FairShare.Local.S3.Model;
using FairShare.Local.S3.Storage;
using FairShare.Local.Storage;

namespace FairShare.Local.S3.Operations;

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
        if (request.Header("If-None-Match") == "*" && current is not null)
        {
            throw S3Errors.PreconditionFailed();
        }

        if (request.Header("If-Match") is { } wanted && (current ?? throw S3Errors.NoSuchKey()).ETag != wanted.Trim('"'))
        {
            throw S3Errors.PreconditionFailed();
        }

        return [.. versions.Put(version)?.Parts.Select(part => part.Blob) ?? []];
    }

    public void DeleteBlobs(IEnumerable<string> names) => names.ToList().ForEach(context.Blobs.Delete);

    /// <summary>Until when Object Lock keeps a new version, by the request or by the bucket's default.</summary>
    /// <exception cref="AwsException">InvalidRequest: the bucket has no Object Lock.</exception>
    public DateTimeOffset? RetainUntil(Bucket bucket, AwsRequest request)
    {
        if (request.Header("x-amz-object-lock-retain-until-date") is { } date)
        {
            return bucket.ObjectLock
                ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : throw new AwsException("InvalidRequest", "Bucket is missing Object Lock Configuration");
        }

        return bucket.DefaultRetentionDays is { } days ? context.Time.GetUtcNow().AddDays(days) : null;
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
