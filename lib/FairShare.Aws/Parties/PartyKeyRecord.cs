using FairShare.Core.Keys;

namespace FairShare.Aws.Parties;

/// <summary>A party's key, with the KMS key behind it when the store holds it.</summary>
/// <param name="Key">The key and its validity; <see cref="PartyKey.RetiredAt"/> is the confirmed retirement, which may lie a minute
/// ahead.</param>
/// <param name="CmkId">The KMS key's ARN, the seed's <c>cmkId</c>; null for a self-held key.</param>
public sealed record PartyKeyRecord(PartyKey Key, string? CmkId)
{
    /// <summary>The store's sealed certificate of it; null for keys that are older than certificates.</summary>
    public string? Certificate { get; init; }

    /// <summary>The store's sealed record of its retirement; null where there is none.</summary>
    public string? Retirement { get; init; }

    /// <summary>
    /// From when on the store accepts nothing of this key, whether its retirement is confirmed or not; null when nobody asked for one.
    /// </summary>
    public DateTimeOffset? RetiringAt { get; init; }

    /// <summary>
    /// Whether what the key signed may be accepted. The answer counts only if the instant was taken from the clock before the key was read,
    /// strongly consistent: then no retirement that is confirmed, now or later, takes effect at that instant or before.
    /// </summary>
    /// <param name="acceptedAt">When it is accepted, which the sealed answer states.</param>
    public bool MayBeAccepted(DateTimeOffset acceptedAt) =>
        Key.IsValidAt(acceptedAt) && (RetiringAt is not { } retiring || acceptedAt < retiring);

    /// <summary>Whether the party should sign with it: it may be accepted, and nobody has asked for its retirement.</summary>
    /// <param name="now">The present.</param>
    public bool IsInUse(DateTimeOffset now) => RetiringAt is null && Key.IsValidAt(now);
}
