using System.Security.Cryptography;
using FairShare.Backup.Curve;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Refresh;

/// <summary>A peer's key for what others send to it alone: ECDH over P-256, HKDF-SHA-256, ChaCha20-Poly1305.</summary>
/// <param name="secret">The private key, not zero.</param>
public sealed class AgreementKey(Scalar secret)
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>The public key: a compressed point.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; } = (secret * CurvePoint.Generator).ToBytes();

    /// <summary>The private key, a scalar's octets: whoever keeps them keeps them wrapped.</summary>
    public byte[] ToBytes() => secret.ToBytes();

    /// <summary>A new key.</summary>
    public static AgreementKey New(IRandomness randomness) => new(Scalar.Random(randomness));

    /// <summary>Seals a text for the holder of a public key.</summary>
    /// <param name="recipient">The public key.</param>
    /// <param name="text">What is sealed.</param>
    /// <param name="context">What it belongs to: it opens under the same context alone.</param>
    /// <param name="randomness">Where the one-time key comes from.</param>
    /// <exception cref="ArgumentException">The public key is no point of the curve.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> text, ReadOnlySpan<byte> context, IRandomness randomness)
    {
        var point = CurvePoint.TryRead(recipient) ?? throw new ArgumentException("The key is no point of P-256.", nameof(recipient));
        var once = Scalar.Random(randomness);
        var sent = (once * CurvePoint.Generator).ToBytes();
        var (cipher, tag) = (new byte[text.Length], new byte[TagSize]);
        using var key = new ChaCha20Poly1305(Derive((once * point).ToBytes(), sent, recipient, context));
        // Every key is used once, so the nonce need not differ.
        key.Encrypt(new byte[NonceSize], text, cipher, tag);
        return [.. sent, .. cipher, .. tag];
    }

    /// <summary>Opens what was sealed for this key.</summary>
    /// <returns>Null for what was not, under that context.</returns>
    public byte[]? TryOpen(ReadOnlySpan<byte> sealedText, ReadOnlySpan<byte> context)
    {
        var length = sealedText.Length - CurvePoint.Size - TagSize;
        if (length < 0 || CurvePoint.TryRead(sealedText[..CurvePoint.Size]) is not { } sent)
        {
            return null;
        }

        var shared = (secret * sent).ToBytes();
        using var key = new ChaCha20Poly1305(Derive(shared, sealedText[..CurvePoint.Size], PublicKey.Span, context));
        var text = new byte[length];
        try
        {
            key.Decrypt(new byte[NonceSize], sealedText.Slice(CurvePoint.Size, length), sealedText[^TagSize..], text);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Derive(byte[] shared, ReadOnlySpan<byte> sent, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> context) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            shared,
            KeySize,
            salt: [.. sent, .. recipient],
            info: [.. "fairshare.backup.v1 sealed "u8, .. context]
        );
}
