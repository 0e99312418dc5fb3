using System.Security.Cryptography;
using System.Text;

namespace FairShare.Core.Identifiers;

/// <summary>A code that is mailed to show that somebody reads an address: ten letters and digits, 50 random bits.</summary>
public static class NoticeCode
{
    // Without those that look like others.
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int Length = 10;

    /// <summary>Draws a new one, as a mail shows it: with a hyphen in the middle.</summary>
    public static string New(IRandomness randomness)
    {
        ArgumentNullException.ThrowIfNull(randomness);
        Span<byte> bytes = stackalloc byte[Length];
        randomness.Fill(bytes);
        var text = new StringBuilder();
        foreach (var octet in bytes)
        {
            text.Append(Alphabet[octet % Alphabet.Length]);
        }

        return text.Insert(Length / 2, '-').ToString();
    }

    /// <summary>What is kept of it: its SHA-256 in hexadecimal. Blanks, hyphens and case do not count.</summary>
    public static string HashOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var plain = string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(plain)));
    }
}
