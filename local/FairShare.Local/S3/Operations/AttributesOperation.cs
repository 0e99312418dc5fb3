using System.Globalization;
using System.Xml.Linq;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;
using FairShare.Local.S3.Model;

namespace FairShare.Local.S3.Operations;

/// <summary>GetObjectAttributes. It takes the permission to read and the permission to read attributes.</summary>
internal sealed class AttributesOperation(HostContext context, ObjectFinder finder)
{
    public AwsResponse Run(S3Call call)
    {
        finder.Demand(call, "GetObjectAttributes", "GetObjectVersionAttributes");
        var (bucket, version) = finder.Find(call, "GetObject", "GetObjectVersion");
        var wanted = (call.Request.Header("x-amz-object-attributes") ?? throw new AwsException("InvalidArgument", "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty"))
            .Split(',', StringSplitOptions.TrimEntries)
            .ToHashSet();
        context.Meter.Add("s3.get");
        var response = S3Xml.Answer(
            "GetObjectAttributesResponse",
            [
                wanted.Contains("ETag") ? new XElement("ETag", version.ETag) : null,
                wanted.Contains("Checksum") && version.Checksum is { } checksum
                    ? new XElement("Checksum", new XElement($"Checksum{checksum.Algorithm}", checksum.Value), new XElement("ChecksumType", checksum.Type))
                    : null,
                wanted.Contains("ObjectParts") && version.IsMultipart ? PartsOf(version) : null,
                wanted.Contains("StorageClass") ? new XElement("StorageClass", "STANDARD") : null,
                wanted.Contains("ObjectSize") ? new XElement("ObjectSize", version.Size) : null,
            ]);
        response.Headers["Last-Modified"] = version.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        if (bucket.Versioning is not null)
        {
            response.Headers["x-amz-version-id"] = version.VersionId;
        }

        return response;
    }

    private static XElement PartsOf(ObjectVersion version) => new(
        "ObjectParts",
        new XElement("PartsCount", version.Parts.Count),
        new XElement("IsTruncated", "false"),
        version.Parts.Select(part => new XElement(
            "Part",
            new XElement("PartNumber", part.Number),
            new XElement("Size", part.Size),
            version.Checksum is { } checksum && part.Checksum is { } value ? new XElement($"Checksum{checksum.Algorithm}", value) : null)));
}
