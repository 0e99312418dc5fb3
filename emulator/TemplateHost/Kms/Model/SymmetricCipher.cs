using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TemplateHost.Kernel;

namespace TemplateHost.Kms.Model;

/// <summary>
/// What a symmetric key encrypts: AES-256-GCM under the key's own 32 octets, with the encryption context as associated data. A ciphertext
/// begins with a version and its key's id, so that Decrypt finds the key.
/// </summary>
internal static class SymmetricCipher
{
    public const int KeySize = 32;

    private const byte Version = 1;
    private const int IdSize = 36;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Overhead = 1 + IdSize + NonceSize + TagSize;

    public static byte[] Encrypt(KeyRecord key, byte[] plaintext, IReadOnlyDictionary<string, string> context, IRandomSource random)
    {
        var blob = new byte[Overhead + plaintext.Length];
        blob[0] = Version;
        Encoding.ASCII.GetBytes(key.KeyId, blob.AsSpan(1, IdSize));
        var nonce = blob.AsSpan(1 + IdSize, NonceSize);
        random.Fill(nonce);
        var tag = blob.AsSpan(1 + IdSize + NonceSize, TagSize);
        using var aes = new AesGcm(key.PrivateKey, TagSize);
        aes.Encrypt(nonce, plaintext, blob.AsSpan(Overhead), tag, Write(context));
        return blob;
    }

    /// <summary>The id of the key that made a ciphertext; null for what is none.</summary>
    public static string? KeyIdOf(byte[] blob) =>
        blob.Length >= Overhead && blob[0] == Version ? Encoding.ASCII.GetString(blob, 1, IdSize) : null;

    /// <summary>The plaintext; null where the ciphertext is not this key's under that context.</summary>
    public static byte[]? TryDecrypt(KeyRecord key, byte[] blob, IReadOnlyDictionary<string, string> context)
    {
        var plaintext = new byte[blob.Length - Overhead];
        using var aes = new AesGcm(key.PrivateKey, TagSize);
        try
        {
            aes.Decrypt(
                blob.AsSpan(1 + IdSize, NonceSize),
                blob.AsSpan(Overhead),
                blob.AsSpan(1 + IdSize + NonceSize, TagSize),
                plaintext,
                Write(context)
            );
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    // Every text after its length, by name: no two contexts have the same octets, and their order in the call does not matter.
    private static byte[] Write(IReadOnlyDictionary<string, string> context)
    {
        var octets = new List<byte>();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in context.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value }))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, Encoding.UTF8.GetByteCount(text));
            octets.AddRange(length);
            octets.AddRange(Encoding.UTF8.GetBytes(text));
        }

        return [.. octets];
    }
}
