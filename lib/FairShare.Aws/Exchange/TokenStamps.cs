using FairShare.Aws.Table;
using FairShare.Core.Digests;

namespace FairShare.Aws.Exchange;

/// <summary>Stamps that parties attached to their evidence, in the evidence table: one for a token, written once.</summary>
/// <param name="table">The table.</param>
public sealed class TokenStamps(ItemTable table)
{
    private const string Attribute = "stamp";

    /// <summary>Keeps the stamp of a token; a repeat keeps the first.</summary>
    /// <param name="token">The token's hash.</param>
    /// <param name="stamp">The authority's answer (RFC 3161).</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task KeepAsync(Sha256Digest token, byte[] stamp, CancellationToken cancellationToken) =>
        table.TryCreateAsync(new Item(KeyOf(token)).With(Attribute, Convert.ToBase64String(stamp)), cancellationToken);

    /// <summary>Finds the stamps of tokens.</summary>
    /// <returns>The stamps in base64 by the tokens' hashes; those without one are left out.</returns>
    public async Task<IReadOnlyDictionary<Sha256Digest, string>> FindAsync(
        IEnumerable<Sha256Digest> tokens,
        CancellationToken cancellationToken
    )
    {
        var items = await table.BatchGetAsync(tokens.Select(KeyOf), cancellationToken);
        return items.ToDictionary(item => Sha256Digest.Parse(item.Key.PartitionId), item => item.Text(Attribute));
    }

    private static ItemKey KeyOf(Sha256Digest token) => new(Partitions.Stamp + token, "STAMP");
}
