using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>One page of a bucket's multipart uploads; keys that share what precedes the delimiter are one common prefix.</summary>
/// <param name="NextKey">Where the next page goes on: the last upload's key, or the last common prefix; null for the last page.</param>
/// <param name="NextId">The last upload's id; null after a common prefix.</param>
internal sealed record UploadPage(List<MultipartUpload> Uploads, List<string> Prefixes, string? NextKey, string? NextId)
{
    /// <param name="uploads">All of the bucket, in any order.</param>
    /// <param name="prefix">What their keys begin with.</param>
    /// <param name="delimiter">Empty for none.</param>
    /// <param name="marker">The key, or common prefix, after which the page begins.</param>
    /// <param name="idMarker">Where among the uploads of that key it begins; null passes all of them.</param>
    /// <param name="limit">How many uploads and common prefixes the page has at most.</param>
    public static UploadPage Of(
        IEnumerable<MultipartUpload> uploads,
        string prefix,
        string delimiter,
        string marker,
        string? idMarker,
        int limit
    )
    {
        var (page, prefixes) = (new List<MultipartUpload>(), new List<string>());
        (string? Key, string? Id) last = default;
        var rest = uploads
            .Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal) && IsAfter(upload, marker, idMarker))
            .OrderBy(upload => upload.Key, StringComparer.Ordinal)
            .ThenBy(upload => upload.UploadId, StringComparer.Ordinal);
        foreach (var upload in rest)
        {
            var end = delimiter.Length == 0 ? -1 : upload.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var common = end < 0 ? null : upload.Key[..(end + delimiter.Length)];
            if (common is not null && (common == prefixes.LastOrDefault() || common == marker))
            {
                continue;
            }

            if (page.Count + prefixes.Count == limit)
            {
                return new UploadPage(page, prefixes, last.Key, last.Id);
            }

            if (common is null)
            {
                page.Add(upload);
            }
            else
            {
                prefixes.Add(common);
            }

            last = common is null ? (upload.Key, upload.UploadId) : (common, null);
        }

        return new UploadPage(page, prefixes, null, null);
    }

    private static bool IsAfter(MultipartUpload upload, string marker, string? idMarker) =>
        string.CompareOrdinal(upload.Key, marker) is var order
        && (order > 0 || (order == 0 && idMarker is { Length: > 0 } && string.CompareOrdinal(upload.UploadId, idMarker) > 0));
}
