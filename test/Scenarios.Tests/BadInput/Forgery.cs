using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Tokens as no issuer here would make them.</summary>
internal static class Forgery
{
    /// <summary>Changes header and payload as text, and signs the result properly.</summary>
    public static async Task<string> ResignAsync(
        EvidenceToken token,
        TestSigner signer,
        Func<string, string>? header = null,
        Func<string, string>? payload = null
    )
    {
        var parts = token.Text.Split('.');
        var input = $"{Change(parts[0], header)}.{Change(parts[1], payload)}";
        var signature = await signer.SignAsync(Encoding.ASCII.GetBytes(input), CancellationToken.None);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The token with its signature in DER, as openssl and KMS write it.</summary>
    public static string InDer(EvidenceToken token)
    {
        var parts = token.Text.Split('.');
        var der = EcdsaSignatureFormat.ToDer(Base64Url.DecodeFromChars(parts[2]));
        return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(der)}";
    }

    /// <summary>The token with one bit of its signature turned.</summary>
    public static string Damaged(EvidenceToken token)
    {
        var parts = token.Text.Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        signature[5] ^= 1;
        return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Sets a member of a JSON text, keeping the order of the others.</summary>
    public static Func<string, string> Set(string member, JsonNode value) =>
        text =>
        {
            var json = JsonNode.Parse(text)!.AsObject();
            json[member] = value;
            return json.ToJsonString();
        };

    private static string Change(string part, Func<string, string>? change) =>
        change is null
            ? part
            : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part)))));
}
