using System.Globalization;
using System.Runtime.CompilerServices;
using FairShare.Core.Errors;

namespace FairShare.Aws.Log;

/// <summary>The archives of the log, as an auditor reads them. One whose batch was never committed may be among them.</summary>
/// <param name="bucket">The log's bucket.</param>
public sealed class LogArchives(LogBucket bucket)
{
    // A thousand records of the stream at once, of at most ten tokens each.
    private const long LargestBatch = 10_000;

    /// <summary>Reads the archives with leaves of a part of the log, in the order of their sizes. What is none is passed over.</summary>
    /// <param name="start">The index of the part's first leaf.</param>
    /// <param name="end">The index behind its last.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<LogArchive> ReadAsync(long start, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A root's first digit comes before the tilde: all archives of the size itself are passed over.
        await foreach (var key in bucket.ListAsync(LogArchive.Prefix, $"{LogArchive.Prefix}{start:D20}-~", cancellationToken))
        {
            // Where an archive says that it begins is believed of none: one that is forged would hide those behind it.
            if (SizeOf(key) > end + LargestBatch)
            {
                yield break;
            }

            if (await FindAsync(key, cancellationToken) is { } archive && archive.Before.Size < end)
            {
                yield return archive;
            }
        }
    }

    // 0 for a key that is none of an archive.
    private static long SizeOf(string key)
    {
        var size = key.AsSpan(LogArchive.Prefix.Length);
        return long.TryParse(size[..Math.Max(size.IndexOf('-'), 0)], NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)
            ? leaves
            : 0;
    }

    // Whoever may write to the bucket can put there what is no archive. That must not end every audit: its leaves lack an archive.
    private async Task<LogArchive?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (await bucket.FindAsync(key, cancellationToken) is not { } found)
        {
            return null;
        }

        try
        {
            var archive = LogArchive.Read(found.Content);
            return archive.Key == key && archive.Before.Size + archive.Tokens.Count == archive.Size ? archive : null;
        }
        catch (ProtocolException)
        {
            return null;
        }
    }
}
