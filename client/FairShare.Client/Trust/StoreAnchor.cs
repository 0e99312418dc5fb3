using FairShare.Core.Identifiers;

namespace FairShare.Client.Trust;

/// <summary>
/// Keys of a store, learnt from elsewhere than the evidence that they verify. Without one, evidence can be consistent and no more: whoever
/// makes every token and every key of a folder anew makes it consistent too.
/// </summary>
/// <param name="Store">The store; null when only its keys were given.</param>
/// <param name="Keys">Thumbprints of keys with which it seals.</param>
/// <param name="Source">Where they come from, as a clause: <c>pinned on … at the login to …</c>.</param>
public sealed record StoreAnchor(PartyId? Store, IReadOnlyList<KeyId> Keys, string Source)
{
    /// <summary>Verifier keys of the log (C2SP signed-note); none by default.</summary>
    public IReadOnlyList<string> LogKeys { get; init; } = [];

    /// <summary>Verifier keys of witnesses of the log, each of which must have cosigned the checkpoint; none by default.</summary>
    public IReadOnlyList<string> WitnessKeys { get; init; } = [];

    /// <summary>Thumbprints of keys of time-stamping authorities; none by default.</summary>
    public IReadOnlyList<string> StampKeys { get; init; } = [];

    /// <summary>Whether the anchor speaks of the keys of that store.</summary>
    public bool IsFor(PartyId store) => Keys.Count > 0 && (Store is null || Store == store);
}
