using FairShare.Core.Digests;
using FairShare.Log.Tiles;

namespace FairShare.Audit.Runs;

/// <summary>Which part of the log an audit reads, and what it knows from before.</summary>
/// <param name="Edge">The right edge of what is not read again.</param>
/// <param name="SeenSize">The largest size that was seen before; not less than the edge's.</param>
/// <param name="SeenRoot">The root of that size.</param>
public sealed record AuditScope(LogEdge Edge, long SeenSize, Sha256Digest SeenRoot)
{
    /// <summary>The whole log, and nothing known.</summary>
    public static AuditScope Whole { get; } = new(LogEdge.Empty, 0, LogEdge.Empty.Root());

    /// <summary>How many leaves are read at most; by default all.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>
    /// Where the table says that a token stands whose leaf is not read again: its index, or null for nowhere. It is believed only as far as
    /// the log proves it. By default nowhere: what is not read is not there.
    /// </summary>
    public Func<Sha256Digest, CancellationToken, Task<long?>> PlaceOf { get; init; } = (_, _) => Task.FromResult<long?>(null);
}
