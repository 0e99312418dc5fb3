using System.Text.Json.Nodes;

namespace TemplateHost.Kms.Model;

/// <summary>A key.</summary>
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
    private readonly Lock gate = new();
    private ISigningKey? pair;

    /// <summary>What kind of key it is, which its public key says.</summary>
    public KeySpec Spec =>
        PublicKey.Length == 0 ? KeySpec.Symmetric
        : Ed25519Key.IsPublic(PublicKey) ? KeySpec.Ed25519
        : KeySpec.P256;

    public string State =>
        DeletionDate is not null ? "PendingDeletion"
        : Enabled ? "Enabled"
        : "Disabled";

    /// <summary>The key pair of a signing key, read once.</summary>
    public ISigningKey Pair
    {
        get
        {
            lock (gate)
            {
                return pair ??= Spec == KeySpec.Ed25519 ? new Ed25519Key(this) : new P256Key(this);
            }
        }
    }
}
