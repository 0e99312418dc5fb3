using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;
using TemplateHost.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>CompleteMultipartUpload: the parts become one object; none of their octets moves.</summary>
internal sealed class CompleteMultipartOperation(HostContext context, BucketAccess access, ObjectWriter writer, LockAccess locks)
{
    private const long SmallestPart = 5 << 20;

    public async Task<AwsResponse> RunAsync(S3Call call, CancellationToken cancellationToken)
    {
        var bucket = access.Demand(call, "PutObject");
        var body = await S3Xml.ReadAsync(call.Request, cancellationToken);
        var (upload, uploaded) = context.Store.Read(session =>
        {
            var uploads = new UploadTable(session);
            var found = uploads.Get(call.Bucket, call.Key, call.Value("uploadId")!);
            return (found, uploads.Parts(found.UploadId).ConvertAll(part => part.Part));
        });
        var parts = Choose(upload, uploaded, S3Xml.Children(body, "Part").Select(RequestedPart.Read).ToList());
        DemandSize(call.Request, parts.Sum(part => part.Size));
        var checksum = await new MultipartChecksum(context.Blobs).ComputeAsync(upload, parts, cancellationToken);
        MultipartChecksum.DemandClaimed(call.Request, checksum);
        var version = new ObjectVersion(
            bucket.Name,
            call.Key,
            writer.NewVersionId(bucket),
            IsDeleteMarker: false,
            context.Time.GetUtcNow(),
            parts.Sum(part => part.Size),
            ETagOf(parts),
            upload.Headers,
            checksum,
            parts
        )
        {
            Tags = upload.Tags,
            Lock = locks.OrDefault(bucket, upload.Lock),
        };
        var unused = await context.Store.WriteAsync(session => Complete(session, upload, version, call.Request));
        writer.DeleteBlobs(unused.Concat(uploaded.Except(parts).Select(part => part.Blob)));
        context.Meter.Add("s3.put");
        return Answer(bucket, version);
    }

    private static IReadOnlyList<string> Complete(StoreSession session, MultipartUpload upload, ObjectVersion version, AwsRequest request)
    {
        var uploads = new UploadTable(session);
        // A rival completion or abort may have been first.
        uploads.Get(upload.Bucket, upload.Key, upload.UploadId);
        uploads.Remove(upload.UploadId);
        return ObjectWriter.Put(session, version, request);
    }

    private static List<ObjectPart> Choose(MultipartUpload upload, List<ObjectPart> uploaded, List<RequestedPart> requested)
    {
        if (requested.Count == 0)
        {
            throw S3Errors.MalformedXml();
        }

        if (requested.Zip(requested.Skip(1)).Any(pair => pair.First.Number >= pair.Second.Number))
        {
            throw new AwsException(
                "InvalidPartOrder",
                "The list of parts was not in ascending order. Parts must be ordered by part number."
            );
        }

        var chosen = requested.ConvertAll(part => part.Match(upload, uploaded));
        return chosen.SkipLast(1).All(part => part.Size >= SmallestPart)
            ? chosen
            : throw new AwsException("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
    }

    private static void DemandSize(AwsRequest request, long size)
    {
        if (request.Header("x-amz-mp-object-size") is { } claimed && claimed != size.ToString(CultureInfo.InvariantCulture))
        {
            throw new AwsException("InvalidRequest", "The provided 'x-amz-mp-object-size' header does not match what was computed.");
        }
    }

    /// <summary>The MD5 of the parts' MD5s, and their number.</summary>
    private static string ETagOf(List<ObjectPart> parts)
    {
        var digests = parts.SelectMany(part => Convert.FromHexString(part.ETag)).ToArray();
#pragma warning disable CA5351 // An entity tag is MD5 by definition; it protects nothing.
        return $"{Convert.ToHexStringLower(MD5.HashData(digests))}-{parts.Count}";
#pragma warning restore CA5351
    }

    private AwsResponse Answer(Bucket bucket, ObjectVersion version)
    {
        var checksum = version.Checksum;
        var response = S3Xml.Answer(
            "CompleteMultipartUploadResult",
            [
                new XElement("Location", $"{context.Addresses.Aws}/{bucket.Name}/{Uri.EscapeDataString(version.Key)}"),
                new XElement("Bucket", bucket.Name),
                new XElement("Key", version.Key),
                new XElement("ETag", $"\"{version.ETag}\""),
                checksum is null ? null : new XElement($"Checksum{checksum.Algorithm}", checksum.Value),
                checksum is null ? null : new XElement("ChecksumType", checksum.Type),
            ]
        );
        response.Headers["x-amz-server-side-encryption"] = "AES256";
        if (bucket.Versioning is not null)
        {
            response.Headers["x-amz-version-id"] = version.VersionId;
        }

        return response;
    }
}
