using FairShare.Aws.Table;
using FairShare.Core.Digests;

namespace FairShare.Aws.Log;

/// <summary>Where tokens stand in the log, by their hashes; each is written once.</summary>
/// <param name="table">The evidence table.</param>
public sealed class LogLeaves(ItemTable table)
{
    private const int AtOnce = 16;

    /// <summary>Finds a token's place.</summary>
    /// <returns>Its index, from 0; null for a token that the log does not have, or not yet.</returns>
    public async Task<long?> FindAsync(Sha256Digest tokenHash, CancellationToken cancellationToken) =>
        (await table.GetAsync(LogItemKeys.Leaf(tokenHash), cancellationToken))?.OptionalNumber("index");

    /// <summary>Leaves out the tokens whose places are known, and repeats; the others keep their order.</summary>
    public async Task<IReadOnlyList<LoggedToken>> WithoutKnownAsync(IEnumerable<LoggedToken> tokens, CancellationToken cancellationToken)
    {
        var distinct = tokens.DistinctBy(token => token.Leaf.TokenHash).ToList();
        var known = await table.BatchGetAsync(distinct.Select(token => LogItemKeys.Leaf(token.Leaf.TokenHash)), cancellationToken);
        var hashes = known.Select(item => item.Key.PartitionId).ToHashSet();
        return [.. distinct.Where(token => !hashes.Contains(token.Leaf.TokenHash.ToString()))];
    }

    /// <summary>Notes the places of tokens, the first of which stands at an index; a place that is noted already stays.</summary>
    public Task RecordAsync(IReadOnlyList<LoggedToken> tokens, long first, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, tokens.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (place, token) =>
                await table.TryCreateAsync(
                    new Item(LogItemKeys.Leaf(tokens[place].Leaf.TokenHash))
                        .With("index", first + place)
                        .With("kind", tokens[place].Leaf.Kind),
                    token
                )
        );
}
