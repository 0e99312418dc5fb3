using FairShare.Vault.Derivation;

namespace FairShare.Vault.Items;

/// <summary>
/// The state of an item, and the rules by which it changes. A service holds them with conditional writes; this is what those must add up
/// to.
/// </summary>
/// <remarks>
/// Commit: Pending becomes Stored. Open: a guess is charged and then compared; if it is right, it is given back, and an open is charged.
/// After ten guesses one an hour is compared. An item without opens left is gone for everybody but its tickets, and is erased as Opened
/// when the last of them is done or over. End: Pending or Stored becomes Opened, Done, Deleted or Expired, and nothing leads back. What is
/// gone tells so to the right auth alone, and compares no more guesses than before.
/// </remarks>
/// <param name="Verifier">What recognises an opener.</param>
/// <param name="Limits">Opens and time.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="Opens">Opens granted so far.</param>
/// <param name="Guesses">Guesses charged and not returned, up to <see cref="ItemLimits.FreeGuesses"/>.</param>
/// <param name="LockedUntil">When the next guess is compared, once the free ones are used up.</param>
public sealed record VaultItem(
    VaultVerifier Verifier,
    ItemLimits Limits,
    ItemPhase Phase = ItemPhase.Pending,
    int Opens = 0,
    int Guesses = 0,
    DateTimeOffset LockedUntil = default
)
{
    /// <summary>Whether the item's object is gone, or must go.</summary>
    public bool IsEnded => Phase is not (ItemPhase.Pending or ItemPhase.Stored);

    /// <summary>Opens that are left; null where only time limits them.</summary>
    public int? OpensLeft => Limits.MaxOpens - Opens;

    /// <summary>The item with its object committed. A repeated call, and one after the end, changes nothing.</summary>
    public VaultItem Commit() => Phase == ItemPhase.Pending ? this with { Phase = ItemPhase.Stored } : this;

    /// <summary>The item ended for a reason; the first reason stays.</summary>
    public VaultItem End(ItemPhase reason) => IsEnded ? this : this with { Phase = reason };

    /// <summary>The item with the time regarded: expiry counts from its moment, whenever the table removes the item.</summary>
    public VaultItem At(DateTimeOffset now) => now >= Limits.ExpiresAt ? End(ItemPhase.Expired) : this;

    /// <summary>Opens the item, or says why not.</summary>
    /// <param name="auth">What the opener sent, 32 bytes.</param>
    /// <param name="now">The time.</param>
    /// <returns>The item afterwards, and the answer.</returns>
    public (VaultItem Item, OpenAnswer Answer) Open(ReadOnlySpan<byte> auth, DateTimeOffset now)
    {
        var item = At(now);
        if (item.Phase == ItemPhase.Pending)
        {
            return (item, new OpenAnswer.NotStored());
        }

        if (item.Guesses >= ItemLimits.FreeGuesses && now < item.LockedUntil)
        {
            return (item, item.IsGone ? new OpenAnswer.NotFound() : new OpenAnswer.Locked(item.LockedUntil));
        }

        var charged = item.ChargeGuess(now);
        return (charged.Verifier.Matches(auth), item.IsGone) switch
        {
            (true, false) => charged.Grant(),
            (true, true) => (item, new OpenAnswer.Gone(item.IsEnded ? item.Phase : ItemPhase.Opened)),
            (false, false) => (charged, new OpenAnswer.WrongPassword()),
            (false, true) => (charged, new OpenAnswer.NotFound()),
        };
    }

    /// <summary>The item with its guesses free again, as its owner may ask.</summary>
    public VaultItem Unlock() => this with { Guesses = 0, LockedUntil = default };

    // What the last open leaves is not ended yet, since its ticket may still read; for everybody else it is gone.
    private bool IsGone => IsEnded || OpensLeft <= 0;

    // The tenth guess is free, and the clock of the next one starts with it.
    private VaultItem ChargeGuess(DateTimeOffset now)
    {
        var guesses = Math.Min(Guesses + 1, ItemLimits.FreeGuesses);
        return this with
        {
            Guesses = guesses,
            LockedUntil = guesses == ItemLimits.FreeGuesses ? now + ItemLimits.GuessInterval : LockedUntil,
        };
    }

    private (VaultItem Item, OpenAnswer Answer) Grant()
    {
        var granted = this with { Opens = Opens + 1, Guesses = Guesses - 1 };
        return (granted, new OpenAnswer.Granted(granted.OpensLeft));
    }
}
