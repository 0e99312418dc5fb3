using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Core.Jose;

/// <summary>The three parts of a JWS in compact serialisation (RFC 7515, section 7.1); what is signed is kept as it came.</summary>
internal sealed record CompactJws(string SigningInput, byte[] Header, byte[] Payload, byte[] Signature)
{
    public const int Limit = 16 * 1024;

    public static CompactJws Split(string text)
    {
        RequireLength(text);
        var parts = text.Split('.');
        if (parts.Length != 3 || !Base64UrlText.TryDecode(parts[2], EcdsaSignatureFormat.Length, out var signature))
        {
            throw Malformed();
        }

        return SplitInput($"{parts[0]}.{parts[1]}", signature);
    }

    public static CompactJws SplitInput(string signingInput, byte[] signature)
    {
        RequireLength(signingInput);
        var parts = signingInput.Split('.');
        return parts.Length == 2 && Base64UrlText.TryDecode(parts[0], out var header) && Base64UrlText.TryDecode(parts[1], out var payload)
            ? new CompactJws(signingInput, header, payload, signature)
            : throw Malformed();
    }

    public static string Join(byte[] header, byte[] payload) => $"{Base64UrlText.Encode(header)}.{Base64UrlText.Encode(payload)}";

    public static byte[] Octets(string signingInput) => System.Text.Encoding.ASCII.GetBytes(signingInput);

    public bool IsSignedBy(PublicKey key) => key.Verify(Octets(SigningInput), Signature);

    private static void RequireLength(string text)
    {
        if (text.Length > Limit)
        {
            throw new TokenException(TokenFault.TokenTooLarge, null, "A token has at most 16 KiB.");
        }
    }

    private static TokenException Malformed() =>
        new(TokenFault.MalformedJws, null, "The text is not a compact JWS with canonical base64url and a 64-byte signature.");
}
