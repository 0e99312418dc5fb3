using System.Text.RegularExpressions;
using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>ListBuckets, CreateBucket, HeadBucket, DeleteBucket.</summary>
internal sealed partial class BucketOperations(HostContext context, BucketAccess access)
{
    public AwsResponse List(S3Call call)
    {
        context.Authorizer.Demand(call.Request.Caller, "s3:ListAllMyBuckets", "arn:aws:s3:::*");
        var owner = new XElement("Owner", new XElement("ID", context.AccountId));
        var buckets = access.Buckets.All.Select(bucket => new XElement(
            "Bucket",
            new XElement("Name", bucket.Name),
            new XElement("CreationDate", S3Xml.Time(bucket.CreatedAt))
        ));
        return S3Xml.Answer("ListAllMyBucketsResult", [owner, new XElement("Buckets", buckets)]);
    }

    public async Task<AwsResponse> CreateAsync(S3Call call)
    {
        context.Authorizer.Demand(call.Request.Caller, "s3:CreateBucket", $"arn:aws:s3:::{call.Bucket}");
        if (!Name().IsMatch(call.Bucket))
        {
            throw new AwsException("InvalidBucketName", "The specified bucket is not valid.");
        }

        // In us-east-1 creating one's own bucket again succeeds, and changes nothing.
        if (access.Buckets.Find(call.Bucket) is null)
        {
            var locked = call.Request.Header("x-amz-bucket-object-lock-enabled")?.ToUpperInvariant() == "TRUE";
            await access.Buckets.PutAsync(
                new Bucket(call.Bucket, context.Time.GetUtcNow()) { ObjectLock = locked, Versioning = locked ? "Enabled" : null }
            );
        }

        var response = new AwsResponse();
        response.Headers["Location"] = $"/{call.Bucket}";
        return response;
    }

    public AwsResponse Head(S3Call call)
    {
        access.Demand(call, "ListBucket", onKey: false);
        var response = new AwsResponse();
        response.Headers["x-amz-bucket-region"] = context.Region;
        return response;
    }

    public async Task<AwsResponse> DeleteAsync(S3Call call)
    {
        var bucket = access.Demand(call, "DeleteBucket", onKey: false);
        if (!context.Store.Read(session => new VersionTable(session).IsEmpty(bucket.Name)))
        {
            throw new AwsException(
                "BucketNotEmpty",
                "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
                409
            );
        }

        await access.Buckets.DeleteAsync(bucket.Name);
        return new AwsResponse { Status = 204 };
    }

    [GeneratedRegex(@"^(?!xn--)(?![0-9.]+$)[a-z0-9](?:[a-z0-9]|[.-](?![.-])){1,61}[a-z0-9]$")]
    private static partial Regex Name();
}
