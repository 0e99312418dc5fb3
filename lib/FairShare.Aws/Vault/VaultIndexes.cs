using FairShare.Aws.Table;

namespace FairShare.Aws.Vault;

/// <summary>The indexes of the vault's table.</summary>
public static class VaultIndexes
{
    /// <summary>Items that are not erased, by the party that stored them, newest last.</summary>
    public static TableIndex ItemsByParty { get; } = new("itemsByParty", "party", "createdAt");
}
