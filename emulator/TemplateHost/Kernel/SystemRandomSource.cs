using System.Security.Cryptography;

namespace TemplateHost.Kernel;

/// <summary>The operating system's randomness.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}

/// <summary>The shapes in which AWS writes random ids.</summary>
internal static class RandomIdentifiers
{
    /// <summary>A version 4 UUID in lower case.</summary>
    public static string Uuid(this IRandomSource random)
    {
        Span<byte> octets = stackalloc byte[16];
        random.Fill(octets);
        octets[6] = (byte)((octets[6] & 0x0F) | 0x40);
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80);
        return new Guid(octets, bigEndian: true).ToString();
    }

    /// <summary>Letters and digits of the given alphabet, each equally likely.</summary>
    public static string Text(this IRandomSource random, int length, string alphabet)
    {
        return string.Create(
            length,
            (random, alphabet),
            static (text, source) =>
            {
                Span<byte> octet = stackalloc byte[1];
                for (var position = 0; position < text.Length; )
                {
                    source.random.Fill(octet);
                    if (octet[0] < 256 - (256 % source.alphabet.Length))
                    {
                        text[position++] = source.alphabet[octet[0] % source.alphabet.Length];
                    }
                }
            }
        );
    }

    /// <summary>The alphabet of IAM ids and of the suffix of generated names.</summary>
    public static string Base32(this IRandomSource random, int length) => random.Text(length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

    /// <summary>Random octets in standard base64.</summary>
    public static string Base64(this IRandomSource random, int octets)
    {
        var buffer = new byte[octets];
        random.Fill(buffer);
        return Convert.ToBase64String(buffer);
    }
}
