using FairShare.Core.Encoding;
using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>128 random bits as 22 characters of base64url: the text behind ids and nonces.</summary>
internal static class RandomText
{
    private const int ByteLength = 16;

    public static bool IsValid(string? text) => text is not null && Base64UrlText.TryDecode(text, ByteLength, out _);

    public static string New(IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        randomness.Fill(bytes);
        return Base64UrlText.Encode(bytes);
    }

    /// <param name="code">The stable code.</param>
    /// <param name="what">What it should have been, with its article.</param>
    /// <param name="shown">The text, where it may be shown; null for a nonce.</param>
    public static ProtocolException Refuse(string code, string what, string? shown) =>
        new(code, $"{what} is 22 characters of base64url (128 bits); this is not one.") { Value = shown };
}
