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
    /// <summary>Whether the anchor speaks of that store.</summary>
    public bool IsFor(PartyId store) => Store is null || Store == store;
}
