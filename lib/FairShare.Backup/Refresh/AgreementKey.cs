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
    public static byte[] Seal(ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> text, ReadOnlySpan<byte> context, IRandomness randomness) =>
        Seal(recipient, text, context, Scalar.Random(randomness));

    /// <summary>Seals a text by a one-time key, which must be random and of one use.</summary>
    internal static byte[] Seal(ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> text, ReadOnlySpan<byte> context, Scalar once)
    {
        var point = CurvePoint.TryRead(recipient) ?? throw new ArgumentException("The key is no point of P-256.", nameof(recipient));
        var sent = (once * CurvePoint.Generator).ToBytes();
        var (cipher, tag) = (new byte[text.Length], new byte[TagSize]);
        using var key = new ChaCha20Poly1305(Derive((once * point).ToBytes(), sent, recipient, context));
        // Every key is used once, so the nonce need not differ.
        key.Encrypt(new byte[NonceSize], text, cipher, tag);
        return [.. sent, .. cipher, .. tag];
    }

    /// <summary>Opens what was sealed for this key.</summary>
    /// <returns>Null for what was not, under that context.</returns>
    public byte[]? TryOpen(ReadOnlySpan<byte> sealedText, ReadOnlySpan<byte> context) =>
        SentPoint(sealedText) is { } sent ? TryOpen(sealedText, context, PublicKey.Span, secret * sent) : null;

    /// <summary>The one-time public key of a sealed text; null for what is none.</summary>
    internal static CurvePoint? SentPoint(ReadOnlySpan<byte> sealedText) =>
        sealedText.Length < CurvePoint.Size + TagSize ? null : CurvePoint.TryRead(sealedText[..CurvePoint.Size]);

    /// <summary>The point by which everybody opens one text that was sealed for this key, and the proof that it is that point.</summary>
    internal (CurvePoint Shared, byte[] Proof) Reveal(CurvePoint sent, ReadOnlySpan<byte> context, IRandomness randomness) =>
        (secret * sent, LogarithmProof.Prove(secret, [CurvePoint.Generator, sent], context, randomness));

    /// <summary>Opens what was sealed for a key by the point that its holder has revealed.</summary>
    internal static byte[]? TryOpen(
        ReadOnlySpan<byte> sealedText,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> recipient,
        CurvePoint shared
    )
    {
        var length = sealedText.Length - CurvePoint.Size - TagSize;
        using var key = new ChaCha20Poly1305(Derive(shared.ToBytes(), sealedText[..CurvePoint.Size], recipient, context));
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
