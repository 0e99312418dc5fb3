using System.Security.Cryptography;
using System.Text;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Vault.Catalogue;

/// <summary>Octets under AES-256-GCM: a random nonce of 12 bytes, the ciphertext, a tag of 16.</summary>
internal sealed class SealedBytes(byte[] key)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Seals octets; each call gives others.</summary>
    /// <param name="plaintext">The octets.</param>
    /// <param name="place">Where they belong: elsewhere they do not open.</param>
    /// <param name="randomness">The source of the nonce.</param>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, string place, IRandomness randomness)
    {
        var octets = new byte[NonceLength + plaintext.Length + TagLength];
        var nonce = octets.AsSpan(0, NonceLength);
        randomness.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, plaintext, octets.AsSpan(NonceLength, plaintext.Length), octets.AsSpan()[^TagLength..], Bytes(place));
        return octets;
    }

    /// <summary>Opens octets; null where they were changed, moved, or sealed under another key.</summary>
    public byte[]? Open(ReadOnlySpan<byte> octets, string place)
    {
        if (octets.Length < NonceLength + TagLength)
        {
            return null;
        }

        var plaintext = new byte[octets.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(octets[..NonceLength], octets[NonceLength..^TagLength], octets[^TagLength..], plaintext, Bytes(place));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Bytes(string place) => Encoding.UTF8.GetBytes(place);
}
