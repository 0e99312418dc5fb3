namespace FairShare.Client.Vault;

/// <summary>Something about the vault that this machine refuses, or finds wrong.</summary>
/// <param name="code">A stable code, one of the constants here.</param>
/// <param name="message">One sentence for people.</param>
public sealed class VaultProblem(string code, string message) : Exception(message)
{
    /// <summary>The passphrase does not open the profile's vault: the seed's "Wrong Password".</summary>
    public const string WrongPassphrase = "wrong-passphrase";

    /// <summary>The catalogue cannot be made or written: the seed's "SQL Server cannot create a new database".</summary>
    public const string CatalogueUnwritable = "catalogue-unwritable";

    /// <summary>The catalogue has been changed by others, or is none.</summary>
    public const string CatalogueDamaged = "catalogue-damaged";

    /// <summary>Nothing in the catalogue has that name: the seed's "Record not found".</summary>
    public const string NotInCatalogue = "catalogue-not-found";

    /// <summary>Several items in the catalogue have that name.</summary>
    public const string Ambiguous = "catalogue-ambiguous";

    /// <summary>What is piped in is longer than was stated.</summary>
    public const string TooLarge = "vault-content-too-large";

    /// <summary>There is something where the content would go.</summary>
    public const string InTheWay = "file-in-the-way";

    /// <summary>Nothing can be written where the content would go.</summary>
    public const string TargetUnwritable = "target-unwritable";

    /// <summary>The object is not the one that the service announced.</summary>
    public const string OtherObject = "vault-object-differs";

    /// <summary>Another command uploads the same.</summary>
    public const string Busy = "vault-upload-busy";

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
