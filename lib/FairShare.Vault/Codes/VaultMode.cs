namespace FairShare.Vault.Codes;

/// <summary>What opens an item.</summary>
public enum VaultMode
{
    /// <summary>The code and a password; the code begins with <c>P</c>.</summary>
    Password,

    /// <summary>The code alone, as a link carries it; the code begins with <c>L</c>.</summary>
    Link,
}
