using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>ListParts and ListMultipartUploads.</summary>
internal sealed class UploadListOperations(HostContext context, BucketAccess access)
{
    public AwsResponse ListParts(S3Call call)
    {
        access.Demand(call, "ListMultipartUploadParts");
        var (upload, parts) = context.Store.Read(session =>
        {
            var uploads = new UploadTable(session);
            var found = uploads.Get(call.Bucket, call.Key, call.Value("uploadId")!);
            return (found, uploads.Parts(found.UploadId));
        });
        var (after, limit) = (call.Number("part-number-marker", 0, int.MaxValue), call.Number("max-parts", 1000, 1000));
        var rest = parts.Where(part => part.Part.Number > after).ToList();
        var page = rest.Take(limit).ToList();
        context.Meter.Add("s3.put");
        return S3Xml.Answer(
            "ListPartsResult",
            [
                new XElement("Bucket", call.Bucket),
                new XElement("Key", call.Key),
                new XElement("UploadId", upload.UploadId),
                new XElement("PartNumberMarker", after),
                page.Count < rest.Count ? new XElement("NextPartNumberMarker", page[^1].Part.Number) : null,
                new XElement("MaxParts", limit),
                new XElement("IsTruncated", page.Count < rest.Count ? "true" : "false"),
                upload.Algorithm is null ? null : new XElement("ChecksumAlgorithm", upload.Algorithm),
                upload.Algorithm is null ? null : new XElement("ChecksumType", upload.ChecksumType),
                .. page.Select(part => Describe(upload, part)),
            ]
        );
    }

    public AwsResponse ListUploads(S3Call call)
    {
        access.Demand(call, "ListBucketMultipartUploads", onKey: false);
        if (call.Value("delimiter") is { Length: > 0 })
        {
            throw S3Errors.NotImplemented("delimiter of ListMultipartUploads");
        }

        var (prefix, after, encode) = (call.Value("prefix") ?? "", call.Value("key-marker") ?? "", ListObjectsOperation.KeyEncoder(call));
        var limit = call.Number("max-uploads", 1000, 1000);
        var rest = context
            .Store.Read(session => new UploadTable(session).List(call.Bucket))
            .Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal) && IsAfter(upload, after, call))
            .OrderBy(upload => upload.Key, StringComparer.Ordinal)
            .ThenBy(upload => upload.UploadId, StringComparer.Ordinal)
            .ToList();
        var page = rest.Take(limit).ToList();
        var isTruncated = page.Count < rest.Count && page.Count > 0;
        context.Meter.Add("s3.put");
        return S3Xml.Answer(
            "ListMultipartUploadsResult",
            [
                new XElement("Bucket", call.Bucket),
                new XElement("KeyMarker", encode(after)),
                new XElement("UploadIdMarker", call.Value("upload-id-marker") ?? ""),
                isTruncated ? new XElement("NextKeyMarker", encode(page[^1].Key)) : null,
                isTruncated ? new XElement("NextUploadIdMarker", page[^1].UploadId) : null,
                new XElement("Prefix", encode(prefix)),
                call.Value("encoding-type") is { } type ? new XElement("EncodingType", type) : null,
                new XElement("MaxUploads", limit),
                new XElement("IsTruncated", isTruncated ? "true" : "false"),
                .. page.Select(upload => Describe(upload, encode)),
            ]
        );
    }

    /// <summary>A key's marker passes all its uploads, unless an upload's marker says where among them the page begins.</summary>
    private static bool IsAfter(MultipartUpload upload, string key, S3Call call) =>
        string.CompareOrdinal(upload.Key, key) is var order
        && (
            order > 0
            || (order == 0 && call.Value("upload-id-marker") is { Length: > 0 } id && string.CompareOrdinal(upload.UploadId, id) > 0)
        );

    private static XElement Describe(MultipartUpload upload, Func<string, string> encode) =>
        new(
            "Upload",
            new XElement("Key", encode(upload.Key)),
            new XElement("UploadId", upload.UploadId),
            new XElement("StorageClass", "STANDARD"),
            new XElement("Initiated", S3Xml.Time(upload.InitiatedAt))
        );

    private static XElement Describe(MultipartUpload upload, UploadedPart part) =>
        new(
            "Part",
            new XElement("PartNumber", part.Part.Number),
            new XElement("LastModified", S3Xml.Time(part.ModifiedAt)),
            new XElement("ETag", $"\"{part.Part.ETag}\""),
            new XElement("Size", part.Part.Size),
            upload.Algorithm is null || part.Part.Checksum is null ? null : new XElement($"Checksum{upload.Algorithm}", part.Part.Checksum)
        );
}
