using FairShare.Contracts.Http;

namespace FairShare.Contracts.Vault;

/// <summary>Problems of calls about the vault.</summary>
public static class VaultProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType ItemNotFound { get; } = new("vault-item-not-found", 404, "There is no such item for the caller");

    public static ProblemType WrongPassword { get; } = new("vault-wrong-password", 403, "This does not open the item");

    public static ProblemType Locked { get; } = new("vault-locked", 429, "Too many wrong guesses: the next one is compared later");

    public static ProblemType ItemGone { get; } = new("vault-item-gone", 410, "The item was there, and is erased");

    public static ProblemType NotStored { get; } = new("vault-not-stored", 409, "The item's object is not there");

    public static ProblemType WrongState { get; } = new("vault-state", 409, "The item's state does not allow this");

    public static ProblemType WrongDigest { get; } = new("vault-digest", 422, "The stored object is not the one that was announced");

    public static ProblemType OverQuota { get; } = new("vault-quota", 413, "There is no room for the item");

    public static ProblemType IdTaken { get; } = new("vault-id-taken", 409, "The id is another item's");

    public static ProblemType InvalidParts { get; } = new("invalid-vault-parts", 400, "The parts do not fit the item");

    public static ProblemType AccountsOnly { get; } =
        new("vault-accounts-only", 403, "This deployment stores items of signed-in parties only");
#pragma warning restore CS1591
}
