using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>GetObjectTagging, PutObjectTagging, DeleteObjectTagging, and the tags that an upload brings.</summary>
internal sealed class TaggingOperations(HostContext context, ObjectFinder finder)
{
    private const int MostTags = 10;

    public AwsResponse Get(S3Call call)
    {
        var (bucket, version) = finder.Find(call, "GetObjectTagging", "GetObjectVersionTagging");
        var tags = version.Tags.Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value)));
        return Describe(S3Xml.Answer("Tagging", [new XElement("TagSet", tags)]), bucket, version);
    }

    public async Task<AwsResponse> PutAsync(S3Call call, CancellationToken cancellationToken)
    {
        var (bucket, version) = finder.Find(call, "PutObjectTagging", "PutObjectVersionTagging");
        var body = await S3Xml.ReadAsync(call.Request, cancellationToken);
        var tags = S3Xml
            .Children(body, "TagSet")
            .SelectMany(set => S3Xml.Children(set, "Tag"))
            .Select(tag => (S3Xml.Child(tag, "Key") ?? throw S3Errors.MalformedXml(), S3Xml.Child(tag, "Value") ?? ""));
        return Describe(await ChangeAsync(version, Checked(tags), new AwsResponse()), bucket, version);
    }

    public async Task<AwsResponse> DeleteAsync(S3Call call)
    {
        var (bucket, version) = finder.Find(call, "DeleteObjectTagging", "DeleteObjectVersionTagging");
        return Describe(await ChangeAsync(version, new Dictionary<string, string>(), new AwsResponse { Status = 204 }), bucket, version);
    }

    /// <summary>The tags of an upload: its header, written as a query.</summary>
    public static Dictionary<string, string> OfUpload(AwsRequest request) =>
        Checked(
            (request.Header("x-amz-tagging") ?? "")
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair =>
                    (
                        Uri.UnescapeDataString(pair[0].Replace('+', ' ')),
                        pair.Length == 2 ? Uri.UnescapeDataString(pair[1].Replace('+', ' ')) : ""
                    )
                )
        );

    private static Dictionary<string, string> Checked(IEnumerable<(string Key, string Value)> pairs)
    {
        var tags = pairs.ToList();
        if (tags.Count > MostTags)
        {
            throw new AwsException("BadRequest", "Object tags cannot be greater than 10");
        }

        if (tags.Exists(tag => tag.Key.Length is 0 or > 128))
        {
            throw new AwsException("InvalidTag", "The TagKey you have provided is invalid");
        }

        if (tags.Exists(tag => tag.Value.Length > 256))
        {
            throw new AwsException("InvalidTag", "The TagValue you have provided is invalid");
        }

        return tags.DistinctBy(tag => tag.Key).Count() == tags.Count
            ? tags.ToDictionary(tag => tag.Key, tag => tag.Value)
            : throw new AwsException("InvalidTag", "Cannot provide multiple Tags with the same key");
    }

    private async Task<AwsResponse> ChangeAsync(ObjectVersion version, Dictionary<string, string> tags, AwsResponse response)
    {
        await context.Store.WriteAsync(session => new VersionTable(session).Change(version, current => current with { Tags = tags }));
        return response;
    }

    private static AwsResponse Describe(AwsResponse response, Bucket bucket, ObjectVersion version)
    {
        if (bucket.Versioning is not null)
        {
            response.Headers["x-amz-version-id"] = version.VersionId;
        }

        return response;
    }
}
