using System.Text;
using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>ListObjectsV2, and ListObjects, its elder.</summary>
internal sealed class ListObjectsOperation(HostContext context, BucketAccess access)
{
    public AwsResponse Run(S3Call call)
    {
        access.Demand(call, "ListBucket", onKey: false);
        var isSecond = call.Value("list-type") == "2";
        var start = isSecond ? DecodeToken(call.Value("continuation-token")) ?? call.Value("start-after") : call.Value("marker");
        var limit = call.Number("max-keys", 1000, 1000);
        var listing = new Listing(call.Value("prefix") ?? "", call.Value("delimiter") ?? "", limit);
        context.Store.Read(session =>
            listing.Fill(start ?? "", (after, count) => new VersionTable(session).ListCurrent(call.Bucket, after, count))
        );
        context.Meter.Add("s3.put");
        var encode = KeyEncoder(call);
        return S3Xml.Answer(
            "ListBucketResult",
            [
                new XElement("Name", call.Bucket),
                new XElement("Prefix", encode(call.Value("prefix") ?? "")),
                call.Value("delimiter") is { } delimiter ? new XElement("Delimiter", encode(delimiter)) : null,
                new XElement("MaxKeys", limit),
                call.Value("encoding-type") is { } type ? new XElement("EncodingType", type) : null,
                new XElement("IsTruncated", listing.IsTruncated ? "true" : "false"),
                .. isSecond ? SecondMembers(call, listing, encode) : FirstMembers(call, listing, encode),
                .. listing.Objects.Select(version => Describe(version, encode)),
                .. listing.Prefixes.Select(prefix => new XElement("CommonPrefixes", new XElement("Prefix", encode(prefix)))),
            ]
        );
    }

    /// <summary>Keys travel percent-encoded when the request asks for it, since XML cannot carry every character.</summary>
    /// <exception cref="AwsException">InvalidArgument: another encoding.</exception>
    public static Func<string, string> KeyEncoder(S3Call call) =>
        call.Value("encoding-type") switch
        {
            null => key => key,
            "url" => key => Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal),
            _ => throw new AwsException("InvalidArgument", "Invalid Encoding Method specified in Request"),
        };

    private static IEnumerable<XElement?> SecondMembers(S3Call call, Listing listing, Func<string, string> encode) =>
        [
            new XElement("KeyCount", listing.Objects.Count + listing.Prefixes.Count),
            call.Value("start-after") is { } after ? new XElement("StartAfter", encode(after)) : null,
            call.Value("continuation-token") is { } token ? new XElement("ContinuationToken", token) : null,
            listing.IsTruncated
                ? new XElement("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(listing.Last)))
                : null,
        ];

    private static IEnumerable<XElement?> FirstMembers(S3Call call, Listing listing, Func<string, string> encode) =>
        [
            new XElement("Marker", encode(call.Value("marker") ?? "")),
            listing.IsTruncated ? new XElement("NextMarker", encode(listing.Last)) : null,
        ];

    private static XElement Describe(ObjectVersion version, Func<string, string> encode) =>
        new(
            "Contents",
            new XElement("Key", encode(version.Key)),
            new XElement("LastModified", S3Xml.Time(version.ModifiedAt)),
            new XElement("ETag", $"\"{version.ETag}\""),
            version.Checksum is { } checksum ? new XElement("ChecksumAlgorithm", checksum.Algorithm) : null,
            version.Checksum is { } typed ? new XElement("ChecksumType", typed.Type) : null,
            new XElement("Size", version.Size),
            new XElement("StorageClass", "STANDARD")
        );

    private static string? DecodeToken(string? token)
    {
        try
        {
            return token is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw new AwsException("InvalidArgument", "The continuation token provided is incorrect");
        }
    }
}
