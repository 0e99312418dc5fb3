using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>ListObjectVersions: every version and delete marker, by key, the newest first.</summary>
internal sealed class ListVersionsOperation(HostContext context, BucketAccess access)
{
    public AwsResponse Run(S3Call call)
    {
        access.Demand(call, "ListBucketVersions", onKey: false);
        if (call.Value("delimiter") is { Length: > 0 })
        {
            throw S3Errors.NotImplemented("delimiter of ListObjectVersions");
        }

        var (prefix, limit) = (call.Value("prefix") ?? "", call.Number("max-keys", 1000, 1000));
        var found = context.Store.Read(session => Read(new VersionTable(session), call, prefix, limit + 1));
        var page = found.Take(limit).ToList();
        context.Meter.Add("s3.put");
        var encode = ListObjectsOperation.KeyEncoder(call);
        var truncated = found.Count > page.Count;
        return S3Xml.Answer(
            "ListVersionsResult",
            [
                new XElement("Name", call.Bucket),
                new XElement("Prefix", encode(prefix)),
                new XElement("KeyMarker", encode(call.Value("key-marker") ?? "")),
                new XElement("VersionIdMarker", call.Value("version-id-marker") ?? ""),
                truncated ? new XElement("NextKeyMarker", encode(page[^1].Version.Key)) : null,
                truncated ? new XElement("NextVersionIdMarker", page[^1].Version.VersionId) : null,
                new XElement("MaxKeys", limit),
                call.Value("encoding-type") is { } type ? new XElement("EncodingType", type) : null,
                new XElement("IsTruncated", truncated ? "true" : "false"),
                .. page.Select(listed => Describe(listed, encode)),
            ]
        );
    }

    private static List<ListedVersion> Read(VersionTable versions, S3Call call, string prefix, int wanted)
    {
        var key = call.Value("key-marker") ?? "";
        // Without a version the marker's key has been listed to its end.
        var sequence = call.Value("version-id-marker") is { Length: > 0 } version ? versions.SequenceOf(call.Bucket, key, version) : 0;
        var found = new List<ListedVersion>();
        while (found.Count < wanted && versions.ListVersions(call.Bucket, key, sequence, 256) is { Count: > 0 } block)
        {
            found.AddRange(
                block.Where(listed => listed.Version.Key.StartsWith(prefix, StringComparison.Ordinal)).Take(wanted - found.Count)
            );
            (key, sequence) = (block[^1].Version.Key, block[^1].Sequence);
        }

        return found;
    }

    private static XElement Describe(ListedVersion listed, Func<string, string> encode)
    {
        var version = listed.Version;
        XElement?[] common =
        [
            new("Key", encode(version.Key)),
            new("VersionId", version.VersionId),
            new("IsLatest", listed.IsCurrent ? "true" : "false"),
            new("LastModified", S3Xml.Time(version.ModifiedAt)),
        ];
        return version.IsDeleteMarker
            ? new XElement("DeleteMarker", common)
            : new XElement(
                "Version",
                common,
                new XElement("ETag", $"\"{version.ETag}\""),
                version.Checksum is { } checksum ? new XElement("ChecksumAlgorithm", checksum.Algorithm) : null,
                new XElement("Size", version.Size),
                new XElement("StorageClass", "STANDARD")
            );
    }
}
