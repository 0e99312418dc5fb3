using System.Globalization;
using System.Security.Cryptography;

namespace FairShare.Vault.Age;

/// <summary>The one stanza of a file that a passphrase opens (age v1, scrypt recipient stanza).</summary>
/// <param name="Salt">16 bytes.</param>
/// <param name="WorkFactor">The base-2 logarithm of N, 1 or more.</param>
/// <param name="Body">The wrapped file key, 32 bytes.</param>
internal sealed record ScryptStanza(byte[] Salt, int WorkFactor, byte[] Body)
{
    private const string Type = "scrypt";
    private const int WorkFactorDigits = 2;

    /// <summary>Wraps a file key under a key that is used for nothing else.</summary>
    public static AgeStanza Wrap(AgeFileKey fileKey, ReadOnlySpan<byte> wrapKey, ReadOnlySpan<byte> salt, int workFactor)
    {
        var body = new byte[AgeFileKey.ByteLength + PayloadCipher.TagLength];
        using var cipher = new ChaCha20Poly1305(wrapKey);
        var wrapped = body.AsSpan(0, AgeFileKey.ByteLength);
        cipher.Encrypt(stackalloc byte[PayloadCipher.NonceLength], fileKey.Bytes, wrapped, body.AsSpan(AgeFileKey.ByteLength));
        return new(Type, [AgeBase64.Encode(salt), workFactor.ToString(CultureInfo.InvariantCulture)], body);
    }

    /// <summary>Takes the stanza out of a header, which may have no other.</summary>
    /// <exception cref="AgeException">
    /// <see cref="AgeFault.Header"/>, <see cref="AgeFault.NoMatch"/>: the file is for no passphrase.
    /// </exception>
    public static ScryptStanza Of(AgeHeader header)
    {
        var stanza =
            header.Stanzas.FirstOrDefault(stanza => stanza.Type == Type)
            ?? throw new AgeException(AgeFault.NoMatch, "The file is encrypted to recipients, not with a passphrase.");
        if (header.Stanzas.Count > 1)
        {
            throw Refuse("A scrypt stanza must be the only one.");
        }

        if (stanza.Arguments is not [var saltText, var workFactorText])
        {
            throw Refuse("A scrypt stanza has a salt and a work factor, and nothing else.");
        }

        if (!AgeBase64.TryDecode(saltText, out var salt) || salt.Length != AgeScrypt.SaltLength)
        {
            throw Refuse("The salt is not 16 bytes in canonical base64.");
        }

        return stanza.Body.Length == AgeFileKey.ByteLength + PayloadCipher.TagLength
            ? new(salt, ParseWorkFactor(workFactorText), stanza.Body)
            : throw Refuse("The body of the scrypt stanza does not have 32 bytes.");
    }

    /// <summary>Unwraps the file key; the caller disposes it.</summary>
    /// <exception cref="AgeException"><see cref="AgeFault.NoMatch"/>.</exception>
    public AgeFileKey Unwrap(ReadOnlySpan<byte> wrapKey)
    {
        using var cipher = new ChaCha20Poly1305(wrapKey);
        Span<byte> fileKey = stackalloc byte[AgeFileKey.ByteLength];
        try
        {
            cipher.Decrypt(
                stackalloc byte[PayloadCipher.NonceLength],
                Body.AsSpan(0, fileKey.Length),
                Body.AsSpan(fileKey.Length),
                fileKey
            );
            return AgeFileKey.FromBytes(fileKey);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new AgeException(AgeFault.NoMatch, "The passphrase is not that of the file.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(fileKey);
        }
    }

    private static int ParseWorkFactor(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9') || text[0] == '0')
        {
            throw Refuse("The work factor is not a decimal number without leading zeros.");
        }

        return text.Length <= WorkFactorDigits
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : throw Refuse("The work factor is far too high.");
    }

    private static AgeException Refuse(string message) => new(AgeFault.Header, message);
}
