using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>DeleteObject and DeleteObjects: a delete marker, or one version for good.</summary>
internal sealed class DeleteObjectOperations(HostContext context, BucketAccess access, ObjectWriter writer, LockAccess locks)
{
    private const int LargestBatch = 1000;

    public async Task<AwsResponse> DeleteAsync(S3Call call)
    {
        var (versionId, isMarker) = await RunAsync(call, call.VersionId);
        var response = new AwsResponse { Status = 204 };
        if (versionId is not null)
        {
            response.Headers["x-amz-version-id"] = versionId;
        }

        if (isMarker)
        {
            response.Headers["x-amz-delete-marker"] = "true";
        }

        return response;
    }

    public async Task<AwsResponse> DeleteManyAsync(S3Call call, CancellationToken cancellationToken)
    {
        access.Buckets.Get(call.Bucket);
        var body = await S3Xml.ReadAsync(call.Request, cancellationToken);
        var entries = S3Xml.Children(body, "Object").ToList();
        if (entries.Count > LargestBatch)
        {
            throw S3Errors.MalformedXml();
        }

        var quiet = S3Xml.Child(body, "Quiet") == "true";
        var results = new List<XElement>();
        foreach (var entry in entries)
        {
            var key = S3Xml.Child(entry, "Key") ?? throw S3Errors.MalformedXml();
            results.Add(await AttemptAsync(call with { Key = key }, S3Xml.Child(entry, "VersionId")));
        }

        return S3Xml.Answer("DeleteResult", results.Where(result => !quiet || result.Name.LocalName == "Error"));
    }

    private async Task<XElement> AttemptAsync(S3Call call, string? versionId)
    {
        try
        {
            var (resulting, isMarker) = await RunAsync(call, versionId);
            return new XElement(
                "Deleted",
                new XElement("Key", call.Key),
                versionId is null ? null : new XElement("VersionId", versionId),
                isMarker ? new XElement("DeleteMarker", "true") : null,
                isMarker ? new XElement("DeleteMarkerVersionId", resulting) : null
            );
        }
        catch (AwsException refusal)
        {
            return new XElement(
                "Error",
                new XElement("Key", call.Key),
                new XElement("Code", refusal.Code),
                new XElement("Message", refusal.Message)
            );
        }
    }

    private async Task<(string? VersionId, bool IsMarker)> RunAsync(S3Call call, string? versionId)
    {
        var bucket = access.Demand(call, versionId is null ? "DeleteObject" : "DeleteObjectVersion");
        if (versionId is null && bucket.Versioning == "Enabled")
        {
            var marker = new ObjectVersion(
                bucket.Name,
                call.Key,
                writer.NewVersionId(bucket),
                IsDeleteMarker: true,
                context.Time.GetUtcNow(),
                0,
                "",
                new Dictionary<string, string>(),
                null,
                []
            );
            await context.Store.WriteAsync(session => new VersionTable(session).Put(marker));
            return (marker.VersionId, true);
        }

        var passes = versionId is not null && locks.PassesGovernance(call);
        var removed = await context.Store.WriteAsync(session =>
        {
            var versions = new VersionTable(session);
            versions.Find(bucket.Name, call.Key, versionId ?? "null")?.Lock.DemandRemovable(context.Time.GetUtcNow(), passes);
            return versions.Remove(bucket.Name, call.Key, versionId ?? "null");
        });
        writer.DeleteBlobs(removed?.Parts.Select(part => part.Blob) ?? []);
        return (versionId, removed?.IsDeleteMarker ?? false);
    }
}
