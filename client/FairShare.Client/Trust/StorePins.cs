using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Trust;

/// <summary>
/// The keys of the store that a profile works with: kept at the first login, by nothing else, and refused when they change afterwards.
/// A store whose key was exchanged under way, or a service that shows every party other keys, is found out by that.
/// </summary>
/// <param name="file">The profile's trust file.</param>
/// <param name="time">The clock.</param>
public sealed class StorePins(TrustFile file, TimeProvider time)
{
    /// <summary>The pinned entry of a service.</summary>
    /// <param name="address">The service's address.</param>
    /// <param name="service">Its discovery document.</param>
    /// <exception cref="StoreNotPinnedProblem">Nothing is pinned of the service.</exception>
    /// <exception cref="StoreKeyProblem">The service names another store than the pinned, or a key that is not pinned.</exception>
    public TrustedStore Require(string address, ServiceDescription service) =>
        Find(address, service) is { } pinned ? Compare(pinned, address, service, null) : throw new StoreNotPinnedProblem(service.Ttp);

    /// <summary>What a login to a service would pin: the entry that there is, or what the service says; nothing is written.</summary>
    /// <param name="address">The service's address.</param>
    /// <param name="service">Its discovery document.</param>
    /// <param name="alsoTrusted">A key that the user has compared with its owner's word, and adds.</param>
    /// <exception cref="StoreKeyProblem">The service names another store than the pinned, or a key that is not pinned.</exception>
    public TrustedStore Propose(string address, ServiceDescription service, string? alsoTrusted = null) =>
        Find(address, service) is { } pinned
            ? Compare(pinned, address, service, alsoTrusted)
            : new(service.Ttp, [.. service.Keys.Select(key => key.Kid)], address.TrimEnd('/'), Timestamp.Truncate(time.GetUtcNow()));

    /// <summary>Pins the entry, in the place of the one that there is of its service.</summary>
    public void Pin(TrustedStore entry) => file.Write(entry);

    private TrustedStore? Find(string address, ServiceDescription service)
    {
        RequireUsable(service);
        return file.Stores.FirstOrDefault(known => known.Service == address.TrimEnd('/') || known.Store == service.Ttp);
    }

    private static TrustedStore Compare(TrustedStore pinned, string address, ServiceDescription service, string? alsoTrusted)
    {
        if (pinned.Store != service.Ttp)
        {
            throw new StoreKeyProblem(
                service.Ttp,
                $"The service at {address} says that it is the store {service.Ttp}; pinned is {pinned.Store}."
            );
        }

        if (service.Keys.Select(key => key.Kid).Except([.. pinned.Keys, alsoTrusted]).FirstOrDefault() is { } changed)
        {
            throw new StoreKeyProblem(
                changed,
                $"The store {service.Ttp} shows the key {changed}, which is not one of those that were pinned at the login."
            );
        }

        return alsoTrusted is null || pinned.Keys.Contains(alsoTrusted) ? pinned : pinned with { Keys = [.. pinned.Keys, alsoTrusted] };
    }

    // Nothing is pinned of a service that names no store, no key, or a key under another's thumbprint.
    private static void RequireUsable(ServiceDescription service)
    {
        if (!PartyId.TryParse(service.Ttp, out var store) || !store.IsStore || service.Keys.Count == 0)
        {
            throw new StoreKeyProblem(service.Ttp, "The service does not say which store it is, and with which key it seals.");
        }

        foreach (var key in service.Keys)
        {
            if (PublicKey.FromJwk(key.Jwk.GetRawText()).Thumbprint.ToString() != key.Kid)
            {
                throw new StoreKeyProblem(key.Kid, "The service shows a key under a thumbprint that is not the key's.");
            }
        }
    }
}

/// <summary>The profile has pinned no key of the store: whoever answers now need not be the one that was logged in to.</summary>
/// <param name="store">The store, as the service says.</param>
public sealed class StoreNotPinnedProblem(string store) : Exception($"This profile has pinned no key of the store {store}.");

/// <summary>The store shows another key, or is another store, than the one that was pinned: nothing that it seals is believed.</summary>
/// <param name="shown">The key or store that is shown now.</param>
/// <param name="message">One sentence for people.</param>
public sealed class StoreKeyProblem(string shown, string message) : Exception(message)
{
    /// <summary>The key or store that is shown now.</summary>
    public string Shown { get; } = shown;
}
