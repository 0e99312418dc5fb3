using System.Globalization;
using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Checksums;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>GetObjectAttributes. It takes the permission to read and the permission to read attributes.</summary>
internal sealed class AttributesOperation(HostContext context, ObjectFinder finder)
{
    private const int LargestPage = 1000;

    private static readonly string[] Attributes = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public AwsResponse Run(S3Call call)
    {
        finder.Demand(call, "GetObjectAttributes", "GetObjectVersionAttributes");
        var (bucket, version) = finder.Find(call, "GetObject", "GetObjectVersion");
        var wanted = Wanted(call.Request.Header("x-amz-object-attributes"));
        var parts = wanted.Contains("ObjectParts") && version.IsMultipart ? PartsOf(call, version) : null;
        context.Meter.Add("s3.get");
        var response = S3Xml.Answer(
            "GetObjectAttributesResponse",
            [
                wanted.Contains("ETag") ? new XElement("ETag", version.ETag) : null,
                wanted.Contains("Checksum") && version.Checksum is { } checksum
                    ? new XElement(
                        "Checksum",
                        new XElement($"Checksum{checksum.Algorithm}", checksum.Value),
                        new XElement("ChecksumType", checksum.Type)
                    )
                    : null,
                parts,
                wanted.Contains("StorageClass") ? new XElement("StorageClass", "STANDARD") : null,
                wanted.Contains("ObjectSize") ? new XElement("ObjectSize", version.Size) : null,
            ]
        );
        response.Headers["Last-Modified"] = version.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        if (bucket.Versioning is not null)
        {
            response.Headers["x-amz-version-id"] = version.VersionId;
        }

        return response;
    }

    private static HashSet<string> Wanted(string? header)
    {
        var names = (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        return names.Count == 0
                ? throw new AwsException(
                    "InvalidArgument",
                    "The x-amz-object-attributes header specifying the attributes to be " + "retrieved is either missing or empty"
                )
            : names.IsSubsetOf(Attributes) ? names
            : throw new AwsException("InvalidArgument", "Invalid attribute name specified.");
    }

    /// <summary>A page of the parts; S3 lists them only where the upload had a checksum algorithm.</summary>
    private static XElement PartsOf(S3Call call, ObjectVersion version)
    {
        var after = Number(call, "x-amz-part-number-marker", 0);
        var limit = Math.Min(Number(call, "x-amz-max-parts", LargestPage), LargestPage);
        var rest = version.Checksum is null ? [] : version.Parts.Where(part => part.Number > after).ToList();
        var page = rest.Take(limit).ToList();
        return new XElement(
            "ObjectParts",
            new XElement("PartsCount", version.Parts.Count),
            version.Checksum is null ? null : Bounds(after, limit, page, page.Count < rest.Count),
            page.Select(part => Describe(part, version.Checksum!))
        );
    }

    private static XElement[] Bounds(int after, int limit, List<ObjectPart> page, bool isTruncated) =>
        [
            new("PartNumberMarker", after),
            new("NextPartNumberMarker", page.Count == 0 ? after : page[^1].Number),
            new("MaxParts", limit),
            new("IsTruncated", isTruncated ? "true" : "false"),
        ];

    private static XElement Describe(ObjectPart part, Checksum checksum) =>
        new(
            "Part",
            new XElement("PartNumber", part.Number),
            new XElement("Size", part.Size),
            part.Checksum is { } value ? new XElement($"Checksum{checksum.Algorithm}", value) : null
        );

    private static int Number(S3Call call, string header, int otherwise) =>
        call.Request.Header(header) is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new AwsException("InvalidArgument", $"Provided {header} not an integer or within integer range");
}
