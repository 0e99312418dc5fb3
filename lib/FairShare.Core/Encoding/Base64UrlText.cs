using System.Buffers.Text;

namespace FairShare.Core.Encoding;

/// <summary>Base64url without padding (RFC 7515, section 2), with exactly one text for each byte string.</summary>
public static class Base64UrlText
{
    /// <summary>Encodes bytes, without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Decodes text; false for padding, whitespace, other alphabets, and trailing bits that are not zero.</summary>
    /// <param name="text">The text, any length.</param>
    /// <param name="bytes">The bytes, or an empty array.</param>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet) || !HasZeroTrailingBits(text))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    /// <summary>Decodes text that must hold exactly <paramref name="length"/> bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, int length, out byte[] bytes) =>
        TryDecode(text, out bytes) && bytes.Length == length;

    private static readonly System.Buffers.SearchValues<char> Alphabet = System.Buffers.SearchValues.Create(Symbols);

    private const string Symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // Unused low bits of the last symbol: whatever the decoder does with them, two texts must not stand for one value.
    private static bool HasZeroTrailingBits(ReadOnlySpan<char> text) =>
        (text.Length % 4) switch
        {
            2 => (Symbols.IndexOf(text[^1], StringComparison.Ordinal) & 0b1111) == 0,
            3 => (Symbols.IndexOf(text[^1], StringComparison.Ordinal) & 0b11) == 0,
            _ => true,
        };
}
