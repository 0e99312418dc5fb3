using System.Text.Json;
using FairShare.Contracts;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Keys;

/// <summary>Keys as the wire and <c>keys.json</c> have them, and as the protocol has them.</summary>
public static class KeyViews
{
    /// <summary>Reads a key.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-key</c>: not a public key, or not the one that <c>kid</c>
    /// names.</exception>
    public static PartyKey ToPartyKey(KeyView view)
    {
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
            : throw new Core.Errors.ProtocolException("invalid-key", "A key's kid is not its thumbprint.");
    }

    /// <summary>A public key as a JSON element.</summary>
    public static JsonElement ToElement(PublicKey key)
    {
        using var document = JsonDocument.Parse(key.ToJwk());
        return document.RootElement.Clone();
    }
}
