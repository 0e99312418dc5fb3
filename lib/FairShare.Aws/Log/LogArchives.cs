using System.Runtime.CompilerServices;
using FairShare.Core.Errors;

namespace FairShare.Aws.Log;

/// <summary>The archives of the log, as an auditor reads them. One whose batch was never committed may be among them.</summary>
/// <param name="bucket">The log's bucket.</param>
public sealed class LogArchives(LogBucket bucket)
{
    /// <summary>Reads the archives with leaves of a part of the log, in the order of their sizes. What is none is passed over.</summary>
    /// <param name="start">The index of the part's first leaf.</param>
    /// <param name="end">The index behind its last.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<LogArchive> ReadAsync(long start, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A root's first digit comes before the tilde: all archives of the size itself are passed over.
        await foreach (var key in bucket.ListAsync(LogArchive.Prefix, $"{LogArchive.Prefix}{start:D20}-~", cancellationToken))
        {
            if (await FindAsync(key, cancellationToken) is not { } archive)
            {
                continue;
            }

            // Every batch was begun at a committed size. What was committed up to this one's beginning has been read.
            if (archive.Before.Size >= end)
            {
                yield break;
            }

            yield return archive;
        }
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
