using FairShare.Aws.Vault;
using FairShare.Contracts.Vault;
using FairShare.Vault.Items;

namespace FairShare.Functions.Vault;

/// <summary>Items as their owners see them.</summary>
internal static class VaultViews
{
    /// <summary>The item at a time: what has expired is shown so, whenever it is erased.</summary>
    public static VaultItemView Of(VaultRecord record, DateTimeOffset now)
    {
        var item = record.Item.At(now);
        return item.IsEnded
            ? new(record.Id.ToString(), item.Phase.ToString())
            : new(
                record.Id.ToString(),
                item.Phase.ToString(),
                record.CreatedAt,
                item.Limits.ExpiresAt,
                record.Size,
                item.Limits.MaxOpens,
                item.Opens,
                item.Guesses,
                item.Guesses >= ItemLimits.FreeGuesses ? item.LockedUntil : null
            );
    }
}
