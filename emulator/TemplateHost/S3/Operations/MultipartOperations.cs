using System.Globalization;
using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Checksums;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>CreateMultipartUpload, UploadPart, AbortMultipartUpload.</summary>
internal sealed class MultipartOperations(
    HostContext context,
    BucketAccess access,
    ObjectWriter writer,
    BlobReceiver receiver,
    LockAccess locks
)
{
    private const int MostParts = 10_000;

    public async Task<AwsResponse> CreateAsync(S3Call call)
    {
        var bucket = access.Demand(call, "PutObject");
        PutObjectOperation.DemandKey(call.Key);
        var algorithm = call.Request.Header("x-amz-checksum-algorithm") is { Length: > 0 } name ? ChecksumAlgorithm.Named(name) : null;
        var upload = new MultipartUpload(
            context.Random.Text(64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"),
            bucket.Name,
            call.Key,
            context.Time.GetUtcNow(),
            ObjectHeaders.Read(call.Request),
            algorithm?.Name,
            TypeOf(call, algorithm)
        )
        {
            Tags = TaggingOperations.OfUpload(call.Request),
            Lock = locks.Asked(bucket, call),
        };
        await context.Store.WriteAsync(session => new UploadTable(session).Create(upload));
        context.Meter.Add("s3.put");
        var response = S3Xml.Answer(
            "InitiateMultipartUploadResult",
            [new XElement("Bucket", bucket.Name), new XElement("Key", call.Key), new XElement("UploadId", upload.UploadId)]
        );
        response.Headers["x-amz-server-side-encryption"] = "AES256";
        if (algorithm is not null)
        {
            response.Headers["x-amz-checksum-algorithm"] = algorithm.Name;
            response.Headers["x-amz-checksum-type"] = upload.ChecksumType;
        }

        return response;
    }

    public async Task<AwsResponse> UploadPartAsync(S3Call call, CancellationToken cancellationToken)
    {
        access.Demand(call, "PutObject");
        var upload = Find(call);
        var number =
            int.TryParse(call.Value("partNumber"), CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= MostParts
                ? given
                : throw new AwsException("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
        var algorithm = AlgorithmOf(upload, ChecksumClaim.Read(call.Request)?.Algorithm);
        var blob = await receiver.ReceiveAsync(call.Request, algorithm, cancellationToken);
        var part = new ObjectPart(number, blob.Name, blob.Size, blob.Md5, blob.Checksum?.Value);
        var replaced = await context.Store.WriteAsync(session =>
        {
            var uploads = new UploadTable(session);
            uploads.Get(call.Bucket, call.Key, upload.UploadId);
            return uploads.PutPart(upload.UploadId, part, context.Time.GetUtcNow());
        });
        writer.DeleteBlobs(replaced is null ? [] : [replaced.Blob]);
        context.Meter.Add("s3.put");
        var response = new AwsResponse();
        response.Headers["ETag"] = $"\"{part.ETag}\"";
        response.Headers["x-amz-server-side-encryption"] = "AES256";
        if (blob.Checksum is { } checksum)
        {
            response.Headers[ChecksumAlgorithm.Named(checksum.Algorithm).Header] = checksum.Value;
        }

        return response;
    }

    public async Task<AwsResponse> AbortAsync(S3Call call)
    {
        access.Demand(call, "AbortMultipartUpload");
        var parts = await context.Store.WriteAsync(session =>
        {
            var uploads = new UploadTable(session);
            var upload = uploads.Get(call.Bucket, call.Key, call.Value("uploadId")!);
            var uploaded = uploads.Parts(upload.UploadId);
            uploads.Remove(upload.UploadId);
            return uploaded;
        });
        writer.DeleteBlobs(parts.Select(part => part.Part.Blob));
        return new AwsResponse { Status = 204 };
    }

    private MultipartUpload Find(S3Call call) =>
        context.Store.Read(session => new UploadTable(session).Get(call.Bucket, call.Key, call.Value("uploadId")!));

    private static string TypeOf(S3Call call, ChecksumAlgorithm? algorithm) =>
        call.Request.Header("x-amz-checksum-type")?.ToUpperInvariant()
        ?? (algorithm?.Name == "CRC64NVME" ? Checksum.FullObject : Checksum.Composite);

    /// <exception cref="AwsException">InvalidRequest: a part with another checksum than its upload was created for, or none.</exception>
    private static ChecksumAlgorithm? AlgorithmOf(MultipartUpload upload, ChecksumAlgorithm? claimed)
    {
        if (upload.Algorithm is null)
        {
            return null;
        }

        var mayOmit = upload.ChecksumType == Checksum.FullObject && claimed is null;
        return mayOmit || claimed?.Name == upload.Algorithm
            ? ChecksumAlgorithm.Named(upload.Algorithm)
            : throw new AwsException(
                "InvalidRequest",
                $"Checksum Type mismatch occurred, expected checksum Type: {upload.Algorithm.ToLowerInvariant()}, actual "
                    + $"checksum Type: {claimed?.Name.ToLowerInvariant() ?? "null"}"
            );
    }
}
