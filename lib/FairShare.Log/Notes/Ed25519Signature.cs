using Org.BouncyCastle.Math.EC.Rfc8032;

namespace FairShare.Log.Notes;

/// <summary>Ed25519 (RFC 8032), which .NET lacks.</summary>
internal static class Ed25519Signature
{
    public const int Length = 64;
    public const int SeedLength = 32;

    public static bool Verify(byte[] publicKey, byte[] message, byte[] signature) =>
        signature.Length == Length && Ed25519.Verify(signature, 0, publicKey, 0, message, 0, message.Length);

    public static byte[] PublicKeyOf(byte[] seed)
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        return key;
    }

    public static byte[] Sign(byte[] seed, byte[] message)
    {
        var signature = new byte[Length];
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }
}
