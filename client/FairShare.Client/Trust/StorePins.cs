using FairShare.Client.Http;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;

namespace FairShare.Client.Trust;

/// <summary>
/// The keys of the store that a profile works with: kept when they are first seen, at the login, and refused when they change afterwards.
/// A store whose key was exchanged under way, or a service that shows every party other keys, is found out by that.
/// </summary>
/// <param name="file">The profile's trust file.</param>
/// <param name="time">The clock.</param>
public sealed class StorePins(TrustFile file, TimeProvider time)
{
    /// <summary>The pinned entry of a service; the first time, what the service says becomes it.</summary>
    /// <param name="address">The service's address.</param>
    /// <param name="service">Its discovery document.</param>
    /// <param name="alsoTrusted">A key that the user has compared with its owner's word, and adds.</param>
    /// <exception cref="StoreKeyProblem">The service names another store than the pinned, or a key that is not pinned.</exception>
    public TrustedStore Require(string address, ServiceDescription service, string? alsoTrusted = null)
    {
        RequireUsable(service);
        var (name, shown) = (address.TrimEnd('/'), service.Keys.Select(key => key.Kid).ToList());
        if (file.Stores.FirstOrDefault(known => known.Service == name || known.Store == service.Ttp) is not { } pinned)
        {
            var first = new TrustedStore(service.Ttp, shown, name, Timestamp.Truncate(time.GetUtcNow()));
            file.Write(first);
            return first;
        }

        if (pinned.Store != service.Ttp)
        {
            throw new StoreKeyProblem(service.Ttp,
                $"The service at {name} says that it is the store {service.Ttp}; pinned is {pinned.Store}.");
        }

        var unknown = shown.Except(pinned.Keys).Where(key => key != alsoTrusted).ToList();
        if (unknown is [var changed, ..])
        {
            throw new StoreKeyProblem(changed,
                $"The store {service.Ttp} shows the key {changed}, which is not one of those that were pinned at the login.");
        }

        return alsoTrusted is null || pinned.Keys.Contains(alsoTrusted) ? pinned : Add(pinned, alsoTrusted);
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

    private TrustedStore Add(TrustedStore pinned, string key)
    {
        var more = pinned with { Keys = [.. pinned.Keys, key] };
        file.Write(more);
        return more;
    }
}

/// <summary>The store shows another key, or is another store, than the one that was pinned: nothing that it seals is believed.</summary>
/// <param name="shown">The key or store that is shown now.</param>
/// <param name="message">One sentence for people.</param>
public sealed class StoreKeyProblem(string shown, string message) : Exception(message)
{
    /// <summary>The key or store that is shown now.</summary>
    public string Shown { get; } = shown;
}
