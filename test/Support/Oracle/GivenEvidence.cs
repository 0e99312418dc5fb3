using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Testing.Oracle;

/// <summary>The evidence of an exchange as one party is given it: tokens, and the keys to verify them with.</summary>
public sealed record GivenEvidence(string State, ExchangeTokens Bundle, IReadOnlyList<PartyKey> Keys)
{
    /// <summary>Reads the answer of <c>GET /exchanges/{id}/evidence</c>.</summary>
    public static GivenEvidence Read(Answer answer)
    {
        var tokens = answer["tokens"].AsObject();
        var bundle = new ExchangeTokens
        {
            Origin = Text(tokens, "nro"),
            Challenge = Text(tokens, "challenge") ?? "",
            Receipt = Text(tokens, "nrr"),
            Release = Text(tokens, "release"),
            Refusal = Text(tokens, "refusal"),
            Record = Text(tokens, "record"),
        };
        return new GivenEvidence(answer.Text("state"), bundle, [.. answer["keys"].AsArray().Select(key => ReadKey(key!))]);
    }

    private static PartyKey ReadKey(JsonNode key)
    {
        var publicKey = PublicKey.FromJwk(key["jwk"]!.ToJsonString());
        return new PartyKey(
            PartyId.Parse(Text(key, "party")!),
            publicKey.Thumbprint,
            publicKey,
            KeyHolders.Parse(Text(key, "kind")!),
            Timestamp.Parse(Text(key, "notBefore")!),
            Timestamp.Parse(Text(key, "notAfter")!),
            Text(key, "retiredAt") is { } retired ? Timestamp.Parse(retired) : null
        );
    }

    private static string? Text(JsonNode node, string member) => node[member]?.GetValue<string>();
}
