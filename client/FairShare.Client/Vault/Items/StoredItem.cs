using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;

namespace FairShare.Client.Vault.Items;

/// <summary>An item that can be opened.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Id">Its id at the service.</param>
/// <param name="ContentLength">Bytes of content.</param>
/// <param name="Size">Bytes of the object.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="MaxOpens">How often it may be opened; null for as often as somebody asks.</param>
/// <param name="Resumed">Whether an upload that was cut short was gone on with.</param>
public sealed record StoredItem(
    VaultCode Code,
    VaultItemId Id,
    long ContentLength,
    long Size,
    DateTimeOffset ExpiresAt,
    int? MaxOpens,
    bool Resumed
);
