using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>S3's operations and members are named otherwise in the SDK for .NET than in the API.</summary>
internal static class S3Members
{
    private static readonly Dictionary<string, string> Methods = new()
    {
        ["HeadObject"] = "GetObjectMetadata",
        ["CreateBucket"] = "PutBucket",
        ["CreateMultipartUpload"] = "InitiateMultipartUpload",
        ["ListObjectVersions"] = "ListVersions",
        ["UploadPartCopy"] = "CopyPart",
    };

    private static readonly Dictionary<string, string> Requests = new()
    {
        ["Bucket"] = "BucketName",
        ["Body"] = "InputStream",
        ["VersioningConfiguration"] = "VersioningConfig",
        ["GetObject.Range"] = "ByteRange",
        ["GetObject.IfMatch"] = "EtagToMatch",
        ["GetObject.IfNoneMatch"] = "EtagToNotMatch",
        ["GetObject.IfModifiedSince"] = "ModifiedSinceDate",
        ["GetObject.IfUnmodifiedSince"] = "UnmodifiedSinceDate",
        ["GetObject.ResponseContentType"] = "ResponseHeaderOverrides",
        ["HeadObject.IfMatch"] = "EtagToMatch",
        ["HeadObject.IfNoneMatch"] = "EtagToNotMatch",
        ["PutObject.ContentMD5"] = "MD5Digest",
        ["UploadPart.ContentMD5"] = "MD5Digest",
        ["CopyObject.Bucket"] = "DestinationBucket",
        ["CopyObject.Key"] = "DestinationKey",
        ["CopyObject.CopySourceIfMatch"] = "ETagToMatch",
        ["CopyObject.CopySourceIfNoneMatch"] = "ETagToNotMatch",
        ["UploadPartCopy.Bucket"] = "DestinationBucket",
        ["UploadPartCopy.Key"] = "DestinationKey",
    };

    private static readonly Dictionary<string, string> Answers = new()
    {
        ["S3Objects"] = "Contents",
        ["DeletedObjects"] = "Deleted",
        ["DeleteErrors"] = "Errors",
        ["MultipartUploads"] = "Uploads",
        ["ResponseStream"] = "Body",
    };

    public static string MethodOf(string operation) => Methods.GetValueOrDefault(operation, operation);

    public static MemberNames Of(string operation) =>
        new(input => ToTyped(operation, input), answer => FromTyped(operation, (JsonObject)answer!));

    private static JsonObject ToTyped(string operation, JsonObject input)
    {
        var typed = new JsonObject();
        foreach (var (name, value) in input.SelectMany(member => Unfold(member.Key, member.Value)))
        {
            typed[Requests.GetValueOrDefault($"{operation}.{name}") ?? Requests.GetValueOrDefault(name, name)] = value?.DeepClone();
        }

        return typed;
    }

    /// <summary>Members that are several, or lie one level higher, in the SDK.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Unfold(string name, JsonNode? value) =>
        (name, value) switch
        {
            ("MultipartUpload", JsonObject upload) => [new("PartETags", upload["Parts"])],
            ("Delete", JsonObject delete) => delete,
            ("CopySource", _) => SourceOf(value!.ToString()),
            ("Tagging", JsonValue pairs) => [new("TagSet", new JsonArray([.. pairs.ToString().Split('&').Select(TagOf)]))],
            _ => [new(name, value)],
        };

    private static JsonObject TagOf(string pair) => new() { ["Key"] = pair.Split('=')[0], ["Value"] = pair.Split('=')[1] };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> SourceOf(string source)
    {
        var (path, version) = source.Split("?versionId=") is [var first, var second] ? (first, second) : (source, null);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        yield return new("SourceBucket", path[..slash]);
        yield return new("SourceKey", Uri.UnescapeDataString(path[(slash + 1)..]));
        yield return new("SourceVersionId", version);
    }

    private static JsonObject FromTyped(string operation, JsonObject typed)
    {
        var answer = new JsonObject();
        foreach (var (name, value) in typed.SelectMany(member => Fold(operation, member.Key, member.Value)))
        {
            answer[Answers.GetValueOrDefault(name, name)] = value?.DeepClone();
        }

        if (operation == "CopyObject")
        {
            answer["CopyObjectResult"] = answer.DeepClone();
        }

        return answer;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fold(string operation, string name, JsonNode? value) =>
        (operation, name, value) switch
        {
            (_, "Headers" or "VersioningConfig", JsonObject members) => members.AsEnumerable(),
            (_, "CommonPrefixes", JsonArray prefixes) =>
            [
                new(name, new JsonArray([.. prefixes.Select(prefix => new JsonObject { ["Prefix"] = prefix!.ToString() })])),
            ],
            ("ListObjectVersions", "Versions", JsonArray versions) =>
            [
                new(name, Versions(versions, marker: false)),
                new("DeleteMarkers", Versions(versions, marker: true)),
            ],
            ("ListBuckets", "Buckets", JsonArray buckets) =>
            [
                new(name, new JsonArray([.. buckets.Select(bucket => new JsonObject { ["Name"] = bucket!["BucketName"]!.ToString() })])),
            ],
            ("GetObjectTagging", "Tagging", _) => [new("TagSet", value)],
            _ => [new(name, value)],
        };

    private static JsonArray Versions(JsonArray versions, bool marker) =>
        new([
            .. versions
                .Where(version => (version!["IsDeleteMarker"]?.GetValue<bool>() ?? false) == marker)
                .Select(version => version!.DeepClone()),
        ]);
}
