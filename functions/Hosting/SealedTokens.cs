using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Functions.Hosting;

/// <summary>The keys under which the store sealed tokens, which need not be the present one.</summary>
internal static class SealedTokens
{
    /// <summary>Finds keys of the store.</summary>
    /// <exception cref="InvalidOperationException">A key is not recorded: the store never sealed with it.</exception>
    public static async Task<IReadOnlyList<PartyKey>> StoreKeysOfAsync(
        this FunctionServices services,
        IEnumerable<KeyId> ids,
        CancellationToken cancellationToken
    )
    {
        var keys = new List<PartyKey>();
        foreach (var kid in ids.Distinct())
        {
            keys.Add(
                await services.StoreKeys.FindAsync(kid, cancellationToken)
                    ?? throw new InvalidOperationException($"The store's key {kid} is not recorded.")
            );
        }

        return keys;
    }
}
