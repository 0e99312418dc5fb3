using System.Text.Json;
using FairShare.Aws.Parties;
using FairShare.Contracts;
using FairShare.Core.Keys;

namespace FairShare.Functions.Parties;

/// <summary>Keys as answers show them: with everything that a verifier needs years later.</summary>
internal static class KeyViews
{
    public static KeyView ToView(this PartyKeyRecord record) => record.Key.ToView() with { CmkId = record.CmkId };

    public static KeyView ToView(this PartyKey key) =>
        new(key.KeyId.ToString(), key.Owner.ToString(), key.Holder.Name(), key.Key.ToElement(), key.NotBefore, key.NotAfter, key.RetiredAt);

    public static JsonElement ToElement(this PublicKey key)
    {
        using var document = JsonDocument.Parse(key.ToJwk());
        return document.RootElement.Clone();
    }
}
