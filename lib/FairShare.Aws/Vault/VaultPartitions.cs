namespace FairShare.Aws.Vault;

/// <summary>The kinds of partition of the vault's table: what their keys begin with. docs/vault-table.md has their items.</summary>
public static class VaultPartitions
{
    /// <summary>An item, with its body, its tickets and its timer.</summary>
    public const string Item = "VAULT#";

    /// <summary>What a party's items take up.</summary>
    public const string Party = "PARTY#";

    /// <summary>What was stored without an account on one day.</summary>
    public const string Anonymous = "ANONYMOUS#";
}
