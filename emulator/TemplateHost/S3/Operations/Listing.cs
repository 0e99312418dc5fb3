using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>One page of keys under a prefix; keys that share what precedes the delimiter are rolled up into one common prefix.</summary>
internal sealed class Listing(string prefix, string delimiter, int limit)
{
    private const int Stride = 256;

    public List<ObjectVersion> Objects { get; } = [];

    public List<string> Prefixes { get; } = [];

    public bool IsTruncated { get; private set; }

    /// <summary>The last key or common prefix of the page, where the next goes on.</summary>
    public string Last { get; private set; } = "";

    /// <param name="read">Current objects after a key, in order, up to a count.</param>
    public bool Fill(string start, Func<string, int, List<ObjectVersion>> read)
    {
        var after = string.CompareOrdinal(start, prefix) >= 0 ? start : Before(prefix);
        for (var block = read(after, Stride); block.Count > 0; block = read(after, Stride))
        {
            foreach (var version in block.Where(version => IsNew(version.Key, start)))
            {
                if (!version.Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    if (string.CompareOrdinal(version.Key, prefix) > 0)
                    {
                        return true;
                    }
                }
                else if (!Take(version))
                {
                    return IsTruncated = true;
                }
            }

            after = block[^1].Key;
        }

        return true;
    }

    private bool IsNew(string key, string start) =>
        // A common prefix as the start skips all that it stands for.
        !(
            delimiter.Length > 0
            && start.Length > prefix.Length
            && start.EndsWith(delimiter, StringComparison.Ordinal)
            && key.StartsWith(start, StringComparison.Ordinal)
        );

    private bool Take(ObjectVersion version)
    {
        var end = delimiter.Length == 0 ? -1 : version.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        var common = end < 0 ? null : version.Key[..(end + delimiter.Length)];
        if (common is not null && Prefixes.LastOrDefault() == common)
        {
            return true;
        }

        if (Objects.Count + Prefixes.Count == limit)
        {
            return false;
        }

        if (common is null)
        {
            Objects.Add(version);
        }
        else
        {
            Prefixes.Add(common);
        }

        Last = common ?? version.Key;
        return true;
    }

    /// <summary>A text just before a prefix, so that the prefix itself, if it is a key, comes after it.</summary>
    private static string Before(string prefix) =>
        prefix.Length == 0 ? ""
        : prefix[^1] == '\0' ? prefix[..^1]
        : prefix[..^1] + (char)(prefix[^1] - 1);
}
