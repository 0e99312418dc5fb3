using FairShare.Core.Encoding;

namespace FairShare.Vault.Age;

/// <summary>Base64 of the standard alphabet without padding, with exactly one text for each byte string, as age headers have it.</summary>
internal static class AgeBase64
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>Decodes text; false for padding, other characters, and trailing bits that are not zero.</summary>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        return !text.AsSpan().ContainsAny('-', '_') && Base64UrlText.TryDecode(text.Replace('+', '-').Replace('/', '_'), out bytes);
    }
}
