using System.Security.Cryptography;

namespace TemplateHost.Kms.Model;

/// <summary>A key of ECC_NIST_P256; it is imported once, and verifies for one caller at a time.</summary>
internal sealed class P256Key : ISigningKey
{
    private readonly byte[] secret;
    private readonly ECDsa verifier = ECDsa.Create();
    private readonly Lock gate = new();

    public P256Key(KeyRecord key)
    {
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(key.PrivateKey, out _);
        secret = pair.ExportParameters(includePrivateParameters: true).D!;
        verifier.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
    }

    public byte[] Sign(byte[] input) => EcdsaSignature.ToDer(DeterministicEcdsa.Sign(secret, input));

    public bool Verifies(byte[] input, byte[] signature)
    {
        lock (gate)
        {
            return verifier.VerifyHash(input, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
    }
}
