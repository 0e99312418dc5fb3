using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>Finds the version that a request means, for callers who may read it.</summary>
internal sealed class ObjectFinder(HostContext context, BucketAccess access)
{
    /// <exception cref="AwsException">NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker; AccessDenied in their place to whom
    /// may not list.</exception>
    public (Bucket Bucket, ObjectVersion Version) Find(S3Call call, string permission, string versionPermission)
    {
        var bucket = Demand(call, permission, versionPermission);
        var found = context.Store.Read(session =>
            call.VersionId is { } versionId
                ? new VersionTable(session).Find(call.Bucket, call.Key, versionId)
                : new VersionTable(session).Current(call.Bucket, call.Key)
        );
        return found switch
        {
            null => throw access.Missing(call, call.VersionId is null ? S3Errors.NoSuchKey() : S3Errors.NoSuchVersion()),
            { IsDeleteMarker: true } => throw access.Missing(call, Marked(found, call.VersionId is null)),
            _ => (bucket, found),
        };
    }

    /// <summary>Demands one of two permissions: on a key, or on a version of it that the call names.</summary>
    public Bucket Demand(S3Call call, string permission, string versionPermission) =>
        access.Demand(call, call.VersionId is null ? permission : versionPermission);

    private static AwsException Marked(ObjectVersion marker, bool isCurrent)
    {
        var error = isCurrent ? S3Errors.NoSuchKey() : S3Errors.MethodNotAllowed();
        return new AwsException(error.Code, error.Message, error.Status)
        {
            Members = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>
            {
                ["x-amz-delete-marker"] = "true",
                ["x-amz-version-id"] = marker.VersionId,
            },
        };
    }
}
