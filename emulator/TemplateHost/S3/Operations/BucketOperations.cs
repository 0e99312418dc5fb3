using System.Text.RegularExpressions;
using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>ListBuckets, CreateBucket, HeadBucket, DeleteBucket.</summary>
internal sealed partial class BucketOperations(HostContext context, BucketAccess access)
{
    private const int MostBuckets = 10_000;

    public AwsResponse List(S3Call call)
    {
        context.Authorizer.Demand(call.Request.Caller, "s3:ListAllMyBuckets", "arn:aws:s3:::*");
        var (prefix, after) = (call.Value("prefix") ?? "", call.Value("continuation-token") ?? "");
        var limit = call.Number("max-buckets", MostBuckets, MostBuckets);
        var rest = access
            .Buckets.All.Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Where(bucket => string.CompareOrdinal(bucket.Name, after) > 0 && call.Value("bucket-region") is var at && IsHere(at))
            .OrderBy(bucket => bucket.Name, StringComparer.Ordinal)
            .ToList();
        var page = rest.Take(limit).ToList();
        return S3Xml.Answer(
            "ListAllMyBucketsResult",
            [
                new XElement("Owner", new XElement("ID", context.AccountId)),
                new XElement("Buckets", page.Select(Describe)),
                page.Count < rest.Count && page.Count > 0 ? new XElement("ContinuationToken", page[^1].Name) : null,
                prefix.Length > 0 ? new XElement("Prefix", prefix) : null,
            ]
        );
    }

    private bool IsHere(string? region) => region is null || region == context.Region;

    private static XElement Describe(Bucket bucket) =>
        new("Bucket", new XElement("Name", bucket.Name), new XElement("CreationDate", S3Xml.Time(bucket.CreatedAt)));

    public async Task<AwsResponse> CreateAsync(S3Call call, CancellationToken cancellationToken)
    {
        context.Authorizer.Demand(call.Request.Caller, "s3:CreateBucket", $"arn:aws:s3:::{call.Bucket}");
        if (!Name().IsMatch(call.Bucket))
        {
            throw new AwsException("InvalidBucketName", "The specified bucket is not valid.");
        }

        DemandLocation(await S3Xml.ReadBodyAsync(call.Request, cancellationToken));
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

    /// <summary>All buckets lie in the host's one region, which a location constraint does not name.</summary>
    private static void DemandLocation(byte[] document)
    {
        if (document.Length == 0 || S3Xml.Child(S3Xml.Parse(document), "LocationConstraint") is not { Length: > 0 } location)
        {
            return;
        }

        throw location == "us-east-1"
            ? new AwsException("InvalidLocationConstraint", "The specified location-constraint is not valid")
            : new AwsException(
                "IllegalLocationConstraintException",
                $"The {location} location constraint is incompatible for the region specific endpoint this request was sent to."
            );
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
