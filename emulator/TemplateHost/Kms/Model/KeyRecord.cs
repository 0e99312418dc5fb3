using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace TemplateHost.Kms.Model;

/// <summary>A key of the spec ECC_NIST_P256 for signing: the one kind that the host makes.</summary>
/// <param name="PrivateKey">PKCS #8.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo.</param>
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
    public const string Spec = "ECC_NIST_P256";
    public const string SigningAlgorithm = "ECDSA_SHA_256";

    public string State =>
        DeletionDate is not null ? "PendingDeletion"
        : Enabled ? "Enabled"
        : "Disabled";

    /// <summary>The private scalar.</summary>
    public byte[] Secret()
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(PrivateKey, out _);
        return key.ExportParameters(includePrivateParameters: true).D!;
    }
}
