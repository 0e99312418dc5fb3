using System.Text.Json;
using FairShare.Aws.Parties;
using FairShare.Core.Keys;

namespace FairShare.Functions.Api;

/// <summary>A key as answers show it; everything that a verifier needs years later.</summary>
internal sealed record KeyView(
    string Kid,
    string Party,
    string Kind,
    JsonElement Jwk,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    DateTimeOffset? RetiredAt,
    string? CmkId
)
{
    public static KeyView Of(PartyKeyRecord record) => Of(record.Key) with { CmkId = record.CmkId };

    public static KeyView Of(PartyKey key) =>
        new(
            key.KeyId.ToString(),
            key.Owner.ToString(),
            key.Holder.Name(),
            Parse(key.Key),
            key.NotBefore,
            key.NotAfter,
            key.RetiredAt,
            null
        );

    public static JsonElement Parse(PublicKey key)
    {
        using var document = JsonDocument.Parse(key.ToJwk());
        return document.RootElement.Clone();
    }
}
