using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace TemplateHost.Kms.Model;

/// <summary>A key of one of the two kinds that the host makes.</summary>
/// <param name="PrivateKey">PKCS #8; 32 octets of a symmetric key.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo; empty for a symmetric key.</param>
/// <param name="DeletionDate">When a scheduled deletion takes it; null while none is scheduled.</param>
internal sealed record KeyRecord(
    string KeyId,
    string Arn,
    string Description,
    DateTimeOffset CreatedAt,
    bool Enabled,
    DateTimeOffset? DeletionDate,
    byte[] PrivateKey,
    byte[] PublicKey,
    JsonObject Policy,
    IReadOnlyDictionary<string, string> Tags
)
{
    public const string SigningAlgorithm = "ECDSA_SHA_256";

    public KeyKind Kind => PublicKey.Length == 0 ? KeyKind.Symmetric : KeyKind.Signing;

    public string State =>
        DeletionDate is not null ? "PendingDeletion"
        : Enabled ? "Enabled"
        : "Disabled";

    private readonly Lazy<byte[]> secret = new(() => Read(PrivateKey));
    private readonly Lazy<PublicKeyReader> reader = new(() => new PublicKeyReader(PublicKey));

    /// <summary>The private scalar.</summary>
    public byte[] Secret => secret.Value;

    /// <summary>Whether a DER signature is the key's of a SHA-256 digest.</summary>
    public bool Verifies(byte[] digest, byte[] signature) => reader.Value.Verifies(digest, signature);

    private static byte[] Read(byte[] pkcs8)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return key.ExportParameters(includePrivateParameters: true).D!;
    }

    /// <summary>A public key that is imported once, and used by one caller at a time.</summary>
    private sealed class PublicKeyReader
    {
        private readonly ECDsa key = ECDsa.Create();
        private readonly Lock gate = new();

        public PublicKeyReader(byte[] publicKey) => key.ImportSubjectPublicKeyInfo(publicKey, out _);

        public bool Verifies(byte[] digest, byte[] signature)
        {
            lock (gate)
            {
                return key.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
            }
        }
    }
}
