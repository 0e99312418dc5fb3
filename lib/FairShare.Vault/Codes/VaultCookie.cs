using System.Globalization;
using FairShare.Core.Errors;

namespace FairShare.Vault.Codes;

/// <summary>The secret as the seed writes its cookies: 16 bytes in decimal, three digits each, 48 digits in all.</summary>
public static class VaultCookie
{
    /// <summary>How many digits a cookie has.</summary>
    public const int Length = VaultSecret.ByteLength * Digits;

    private const int Digits = 3;

    /// <summary>Writes 48 digits, for example <c>136021057…</c>.</summary>
    public static string Write(VaultSecret secret) =>
        string.Concat(secret.Bytes.ToArray().Select(octet => octet.ToString("D3", CultureInfo.InvariantCulture)));

    /// <summary>
    /// Reads 48 digits; white space around them is ignored. A cookie has no check: most wrong digits give another cookie.
    /// </summary>
    /// <exception cref="ProtocolException">
    /// <c>invalid-vault-cookie</c>; the message says what is wrong, and never repeats the cookie.
    /// </exception>
    public static VaultSecret Parse(string text)
    {
        var digits = text.AsSpan().Trim();
        if (digits.Length != Length || digits.ContainsAnyExceptInRange('0', '9'))
        {
            throw Refuse($"A cookie has exactly {Length} digits, and nothing else.");
        }

        Span<byte> bytes = stackalloc byte[VaultSecret.ByteLength];
        for (var index = 0; index < bytes.Length; index++)
        {
            var group = digits.Slice(index * Digits, Digits);
            bytes[index] = byte.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var octet)
                ? octet
                : throw Refuse($"Digits {(index * Digits) + 1} to {(index + 1) * Digits} of the cookie are more than 255.");
        }

        return VaultSecret.FromBytes(bytes);
    }

    private static ProtocolException Refuse(string message) => new("invalid-vault-cookie", message);
}
