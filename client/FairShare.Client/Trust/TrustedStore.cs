using FairShare.Core.Identifiers;

namespace FairShare.Client.Trust;

/// <summary>A store whose keys somebody vouches for; an entry of a trust file.</summary>
/// <param name="Store">The store's party id, <c>ttp</c> of all its evidence.</param>
/// <param name="Keys">Thumbprints of the keys with which it seals, past ones included.</param>
/// <param name="Service">The service's address, where the keys were learnt from it.</param>
/// <param name="PinnedAt">When they were learnt.</param>
public sealed record TrustedStore(string Store, IReadOnlyList<string> Keys, string? Service = null, DateTimeOffset? PinnedAt = null)
{
    /// <summary>Verifier keys of the store's log; null for none.</summary>
    public IReadOnlyList<string>? LogKeys { get; init; }

    /// <summary>Thumbprints of the keys of its time-stamping authority; null for none.</summary>
    public IReadOnlyList<string>? StampKeys { get; init; }

    /// <summary>The entry as an anchor, for what a profile pinned itself.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-party-id</c>, <c>invalid-key-id</c>.</exception>
    public StoreAnchor ToPinnedAnchor() =>
        ToAnchor(
            PinnedAt is { } time && Service is not null
                ? $"pinned on {Timestamp.Format(time)} at the login to {Service}"
                : "pinned by the profile"
        );

    /// <summary>The entry as an anchor, for a demonstration that this profile ran.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-party-id</c>, <c>invalid-key-id</c>.</exception>
    public StoreAnchor ToDemonstratedAnchor() =>
        ToAnchor(
            PinnedAt is { } time && Service is not null
                ? $"shown on {Timestamp.Format(time)} by the demonstration that wrote {Service}"
                : "shown by a demonstration"
        );

    /// <summary>The entry as an anchor, for a file that somebody handed over: what it says of a login is its author's word.</summary>
    /// <param name="source">Where the entry stands.</param>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-party-id</c>, <c>invalid-key-id</c>.</exception>
    public StoreAnchor ToAnchor(string source) =>
        new(PartyId.Parse(Store), [.. Keys.Select(KeyId.Parse)], source) { LogKeys = LogKeys ?? [], StampKeys = StampKeys ?? [] };
}

/// <summary>A trust file: <c>{"stores": [{"store", "keys", "service"?, "pinnedAt"?}]}</c>.</summary>
/// <param name="Stores">The stores.</param>
public sealed record TrustList(IReadOnlyList<TrustedStore> Stores);
