using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>Finds buckets for callers who may do something with them.</summary>
internal sealed class BucketAccess(HostContext context, BucketStore buckets)
{
    public BucketStore Buckets => buckets;

    /// <summary>The call's bucket, once the caller may do the action on its key, or on the bucket itself.</summary>
    public Bucket Demand(S3Call call, string permission, bool onKey = true)
    {
        var bucket = buckets.Get(call.Bucket);
        var keys = new Dictionary<string, string>();
        if (call.VersionId is { } version)
        {
            keys["s3:VersionId"] = version;
        }

        if (!onKey)
        {
            keys["s3:prefix"] = call.Value("prefix") ?? "";
        }

        context.Authorizer.Demand(
            call.Request.Caller,
            $"s3:{permission}",
            onKey ? bucket.ArnOf(call.Key) : bucket.Arn,
            bucket.RestrictsPublic && call.Request.Caller.Kind == CallerKind.Anonymous ? null : bucket.Policy,
            keys
        );
        return bucket;
    }

    /// <summary>Nobody learns that a key does not exist who may not list the bucket.</summary>
    public AwsException Missing(S3Call call, AwsException missing)
    {
        Demand(call, "ListBucket", onKey: false);
        return missing;
    }
}
