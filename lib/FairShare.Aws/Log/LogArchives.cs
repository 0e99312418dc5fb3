using System.Runtime.CompilerServices;
using FairShare.Core.Errors;

namespace FairShare.Aws.Log;

/// <summary>The archives of the log, as an auditor reads them. One whose batch was never committed may be among them.</summary>
/// <param name="bucket">The log's bucket.</param>
public sealed class LogArchives(LogBucket bucket)
{
    /// <summary>Reads archives in the order of their sizes.</summary>
    /// <param name="size">Only those of a larger size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ProtocolException"><c>invalid-archive</c>: an object is not one.</exception>
    public async IAsyncEnumerable<LogArchive> ReadAsync(long size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A root's first digit comes before the tilde: all archives of the size itself are passed over.
        await foreach (var key in bucket.ListAsync(LogArchive.Prefix, $"{LogArchive.Prefix}{size:D20}-~", cancellationToken))
        {
            if (await bucket.FindAsync(key, cancellationToken) is { } found)
            {
                yield return LogArchive.Read(found.Content);
            }
        }
    }
}
