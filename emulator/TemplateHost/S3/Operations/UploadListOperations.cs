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
        var (prefix, delimiter) = (call.Value("prefix") ?? "", call.Value("delimiter") ?? "");
        var (marker, idMarker) = (call.Value("key-marker") ?? "", call.Value("upload-id-marker"));
        var (encode, limit) = (ListObjectsOperation.KeyEncoder(call), call.Number("max-uploads", 1000, 1000));
        var all = context.Store.Read(session => new UploadTable(session).List(call.Bucket));
        var page = UploadPage.Of(all, prefix, delimiter, marker, idMarker, limit);
        context.Meter.Add("s3.put");
        return S3Xml.Answer(
            "ListMultipartUploadsResult",
            [
                new XElement("Bucket", call.Bucket),
                new XElement("KeyMarker", encode(marker)),
                new XElement("UploadIdMarker", idMarker ?? ""),
                page.NextKey is { } key ? new XElement("NextKeyMarker", encode(key)) : null,
                page.NextKey is null ? null : new XElement("NextUploadIdMarker", page.NextId ?? ""),
                new XElement("Prefix", encode(prefix)),
                delimiter.Length > 0 ? new XElement("Delimiter", encode(delimiter)) : null,
                call.Value("encoding-type") is { } type ? new XElement("EncodingType", type) : null,
                new XElement("MaxUploads", limit),
                new XElement("IsTruncated", page.NextKey is null ? "false" : "true"),
                .. page.Uploads.Select(upload => Describe(upload, encode)),
                .. page.Prefixes.Select(common => new XElement("CommonPrefixes", new XElement("Prefix", encode(common)))),
            ]
        );
    }

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
