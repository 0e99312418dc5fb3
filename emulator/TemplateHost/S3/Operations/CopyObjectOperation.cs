using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Checksums;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>CopyObject: up to 5 GB, with the source's metadata and tags or with new ones.</summary>
internal sealed class CopyObjectOperation(
    HostContext context,
    BucketAccess access,
    ObjectFinder finder,
    ObjectWriter writer,
    LockAccess locks
)
{
    private const long LargestCopy = 5L << 30;

    private readonly BlobCopier copier = new(context);

    public async Task<AwsResponse> RunAsync(S3Call call, CancellationToken cancellationToken)
    {
        var bucket = access.Demand(call, "PutObject");
        PutObjectOperation.DemandKey(call.Key);
        var sourceCall = SourceOf(call);
        var (sourceBucket, source) = finder.Find(sourceCall, "GetObject", "GetObjectVersion");
        var replaces = Replaces(call.Request, "x-amz-metadata-directive");
        DemandCopyable(call, sourceCall, source, replaces);
        var algorithm = ChecksumAlgorithm.Named(
            call.Request.Header("x-amz-checksum-algorithm") ?? source.Checksum?.Algorithm ?? "CRC64NVME"
        );
        var upload = ObjectHeaders.Read(call.Request);
        var tags = Replaces(call.Request, "x-amz-tagging-directive") ? TaggingOperations.OfUpload(call.Request) : source.Tags;
        var retention = locks.OfUpload(bucket, call);
        var blob = await copier.CopyAsync(source, algorithm, cancellationToken);
        var version = writer.NewVersion(bucket, call.Key, blob, replaces ? upload : source.Headers) with { Tags = tags, Lock = retention };
        await writer.KeepAsync(version, call.Request);
        context.Meter.Add("s3.put");
        return Answer(bucket, version, sourceBucket.Versioning is null ? null : source.VersionId);
    }

    /// <summary>The source as a call of its own: <c>bucket/key?versionId=…</c>, percent-encoded.</summary>
    private static S3Call SourceOf(S3Call call)
    {
        var source = call.Request.Header("x-amz-copy-source")!.TrimStart('/').Split("?versionId=", 2);
        return Uri.UnescapeDataString(source[0]).TrimStart('/').Split('/', 2) is [{ Length: > 0 } bucket, { Length: > 0 } key]
            ? call with
            {
                Bucket = bucket,
                Key = key,
                VersionId = source.Length == 2 ? source[1] : null,
            }
            : throw new AwsException("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    private static bool Replaces(AwsRequest request, string directive) =>
        (request.Header(directive) ?? "COPY") switch
        {
            "COPY" => false,
            "REPLACE" => true,
            _ => throw new AwsException("InvalidArgument", $"Unknown value of {directive}: it is COPY or REPLACE."),
        };

    private static void DemandCopyable(S3Call call, S3Call sourceCall, ObjectVersion source, bool replaces)
    {
        Preconditions.DemandSource(call.Request, source);
        if (source.Size > LargestCopy)
        {
            throw new AwsException(
                "InvalidRequest",
                $"The specified copy source is larger than the maximum allowable size for a copy source: {LargestCopy}"
            );
        }

        if (!replaces && (source.Bucket, source.Key) == (call.Bucket, call.Key) && sourceCall.VersionId is null)
        {
            throw new AwsException(
                "InvalidRequest",
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
                    + "metadata, storage class, website redirect location or encryption attributes."
            );
        }
    }

    private static AwsResponse Answer(Bucket bucket, ObjectVersion version, string? sourceVersion)
    {
        var checksum = version.Checksum!;
        var response = S3Xml.Answer(
            "CopyObjectResult",
            [
                new XElement("ETag", $"\"{version.ETag}\""),
                new XElement("LastModified", S3Xml.Time(version.ModifiedAt)),
                new XElement($"Checksum{checksum.Algorithm}", checksum.Value),
                new XElement("ChecksumType", checksum.Type),
            ]
        );
        ObjectWriter.Describe(response, bucket, version with { Checksum = null });
        response.Headers.Remove("ETag");
        if (sourceVersion is not null)
        {
            response.Headers["x-amz-copy-source-version-id"] = sourceVersion;
        }

        return response;
    }
}
