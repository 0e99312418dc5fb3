using System.Text.Json;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Contracts.Parties;

/// <summary>Keys as the wire and <c>keys.json</c> have them, and as the protocol has them.</summary>
public static class KeyViews
{
    /// <summary>Shows a key, with everything that a verifier needs years later.</summary>
    public static KeyView ToView(this PartyKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(
            key.KeyId.ToString(),
            key.Owner.ToString(),
            key.Holder.Name(),
            key.Key.ToElement(),
            key.NotBefore,
            key.NotAfter,
            key.RetiredAt
        );
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="ProtocolException"><c>invalid-key</c>: not a public key, or not the one that <c>kid</c> names.</exception>
    public static PartyKey ToPartyKey(this KeyView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var key = PublicKey.FromJwk(view.Jwk.GetRawText());
        return key.Thumbprint.ToString() == view.Kid
            ? new PartyKey(
                PartyId.Parse(view.Party),
                key.Thumbprint,
                key,
                KeyHolders.Parse(view.Kind),
                view.NotBefore,
                view.NotAfter,
                view.RetiredAt
            )
            : throw new ProtocolException("invalid-key", "A key's kid is not its thumbprint.");
    }

    /// <summary>The keys of the store with which it sealed what it states of a key.</summary>
    public static IEnumerable<KeyId> SealingKeys(this KeyView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new[] { view.Certificate, view.Retirement }.OfType<string>().Select(SignerOf).OfType<KeyId>();
    }

    // What is malformed fails its own check.
    private static KeyId? SignerOf(string keyRecord)
    {
        try
        {
            return KeyRecordToken.Parse(keyRecord).Signer;
        }
        catch (TokenException)
        {
            return null;
        }
    }

    /// <summary>A public key's JWK.</summary>
    public static JsonElement ToElement(this PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var document = JsonDocument.Parse(key.ToJwk());
        return document.RootElement.Clone();
    }
}
