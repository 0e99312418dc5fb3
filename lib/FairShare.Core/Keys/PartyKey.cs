using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Core.Keys;

/// <summary>Who can use a party's private key.</summary>
public enum KeyHolder
{
    /// <summary><c>self</c>: the party alone; the document store never saw the private key.</summary>
    Self,

    /// <summary><c>kms</c>: the document store's KMS holds it, and signs for the party by an authorised, audited call.</summary>
    Kms,
}

/// <summary>The names of key holders on the wire.</summary>
public static class KeyHolders
{
    /// <summary><c>self</c> or <c>kms</c>.</summary>
    public static string Name(this KeyHolder holder) => holder == KeyHolder.Self ? "self" : "kms";

    /// <summary>Reads <c>self</c> or <c>kms</c>.</summary>
    /// <exception cref="ProtocolException"><c>unknown-key-holder</c>.</exception>
    public static KeyHolder Parse(string name) =>
        name switch
        {
            "self" => KeyHolder.Self,
            "kms" => KeyHolder.Kms,
            _ => throw new ProtocolException("unknown-key-holder", "A key is held by self or by kms."),
        };
}

/// <summary>A public key as a party's own, with the time in which it may sign; retired, never deleted.</summary>
/// <param name="Owner">The party, or the document store for its seal.</param>
/// <param name="KeyId">The thumbprint of <paramref name="Key"/>.</param>
/// <param name="Key">The public key.</param>
/// <param name="Holder">Who can use the private key; for a store's seal, <see cref="KeyHolder.Kms"/>.</param>
/// <param name="NotBefore">The first instant at which it may sign.</param>
/// <param name="NotAfter">The first instant at which it may no longer sign.</param>
/// <param name="RetiredAt">The instant from which its owner disowned it, or null.</param>
public sealed record PartyKey(
    PartyId Owner,
    KeyId KeyId,
    PublicKey Key,
    KeyHolder Holder,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    DateTimeOffset? RetiredAt = null
)
{
    /// <summary>Whether the key may sign at that instant.</summary>
    public bool IsValidAt(DateTimeOffset time) => IsValidAt(time, TimeSpan.Zero);

    /// <summary>Whether the key may sign within <paramref name="skew"/> of that instant.</summary>
    /// <param name="time">The instant, as some clock had it.</param>
    /// <param name="skew">How far that clock may be off; zero or more.</param>
    public bool IsValidAt(DateTimeOffset time, TimeSpan skew) =>
        // By differences: whoever forges evidence may state a time from which the skew would lead out of the calendar.
        NotBefore - time
            <= skew
        && time - NotAfter < skew
        && (RetiredAt is not { } retired || time - retired < skew);
}
