using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms.Operations;

/// <summary>TagResource, UntagResource, ListResourceTags.</summary>
internal sealed class TagOperations(KeyStore keys, KeyAccess access)
{
    private const int MostTags = 50;

    public async Task<JsonObject> TagAsync(JsonCall call)
    {
        var added = Read(call.Input["Tags"]);
        var key = KeyAccess.DemandKept(access.Demand(call, [.. RequestKeys(added)]));
        await keys.PutAsync(
            key with
            {
                Tags = new Dictionary<string, string>([.. key.Tags.Where(tag => !added.ContainsKey(tag.Key)), .. added]),
            }
        );
        return [];
    }

    public async Task<JsonObject> UntagAsync(JsonCall call)
    {
        var gone = (call.Input["TagKeys"] as JsonArray ?? []).Select(tag => tag!.ToString()).ToHashSet();
        var key = KeyAccess.DemandKept(access.Demand(call, new KeyValuePair<string, string>("aws:TagKeys", string.Join('\n', gone))));
        await keys.PutAsync(key with { Tags = key.Tags.Where(tag => !gone.Contains(tag.Key)).ToDictionary() });
        return [];
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        var key = access.Demand(call);
        return Task.FromResult(
            KeyAccess
                .Pages(50)
                .Page(call.Input, "Tags", [.. key.Tags], tag => new JsonObject { ["TagKey"] = tag.Key, ["TagValue"] = tag.Value })
        );
    }

    /// <exception cref="AwsException">TagException: a tag without a key or a value, or a key that stands twice.</exception>
    public static Dictionary<string, string> Read(JsonNode? tags)
    {
        if (tags is JsonArray { Count: > MostTags })
        {
            throw new AwsException("TagException", "Too many tags.");
        }

        var read = new Dictionary<string, string>();
        foreach (var tag in tags as JsonArray ?? [])
        {
            if (
                (tag?["TagKey"] ?? tag?["Key"])?.ToString() is not { } key
                || (tag!["TagValue"] ?? tag["Value"])?.ToString() is not { } value
            )
            {
                throw new AwsException("TagException", "Every tag has a key and a value.");
            }

            if (!read.TryAdd(key, value))
            {
                throw new AwsException("TagException", $"Duplicate tag key: {key}");
            }
        }

        return read;
    }

    /// <summary>The condition keys of a request that carries tags.</summary>
    public static Dictionary<string, string> RequestKeys(IReadOnlyDictionary<string, string> tags)
    {
        var conditions = tags.ToDictionary(tag => $"aws:RequestTag/{tag.Key}", tag => tag.Value);
        if (tags.Count > 0)
        {
            conditions["aws:TagKeys"] = string.Join('\n', tags.Keys);
        }

        return conditions;
    }
}
