namespace FairShare.Vault.Items;

/// <summary>What the service answers to who wants to open an item; a closed set.</summary>
public abstract record OpenAnswer
{
    private OpenAnswer() { }

    /// <summary>It is opened, and one open is charged.</summary>
    /// <param name="OpensLeft">How many are left; null where only time limits them.</param>
    public sealed record Granted(int? OpensLeft) : OpenAnswer;

    /// <summary><c>vault-wrong-password</c>: the guess was compared, and is charged.</summary>
    public sealed record WrongPassword : OpenAnswer;

    /// <summary><c>vault-locked</c>: the guess was not compared.</summary>
    /// <param name="Until">When the next one is.</param>
    public sealed record Locked(DateTimeOffset Until) : OpenAnswer;

    /// <summary><c>vault-not-stored</c>: the upload is not committed.</summary>
    public sealed record NotStored : OpenAnswer;

    /// <summary><c>vault-item-gone</c>: it was there, which only who has the right auth is told.</summary>
    /// <param name="Reason">Why it is no more.</param>
    public sealed record Gone(ItemPhase Reason) : OpenAnswer;

    /// <summary><c>vault-item-not-found</c>: there is no such item, or nothing that this auth is told of.</summary>
    public sealed record NotFound : OpenAnswer;
}
