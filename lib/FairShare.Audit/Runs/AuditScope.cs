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
    /// Where the table says that tokens stand whose leaves are not read again: the indexes of those that it says stand anywhere. They are
    /// believed only as far as the log proves them. By default none: what is not read is not there.
    /// </summary>
    public Func<
        IReadOnlyCollection<Sha256Digest>,
        CancellationToken,
        Task<IReadOnlyDictionary<Sha256Digest, long>>
    > PlacesOf { get; init; } = (_, _) => Task.FromResult<IReadOnlyDictionary<Sha256Digest, long>>(new Dictionary<Sha256Digest, long>());
}
