using System.Text.Json.Nodes;

namespace TemplateHost.Kms.Model;

/// <summary>A key.</summary>
/// <param name="PrivateKey">PKCS #8; 32 octets of a symmetric key, or of one of HMAC.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo; empty for a symmetric key, and <see cref="MacMark"/> for one of HMAC.</param>
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
    /// <summary>What stands in the public key's place where there is none, and the key is one of HMAC.</summary>
    public static readonly byte[] MacMark = [0];

    private readonly Lock gate = new();
    private ISigningKey? pair;

    /// <summary>What kind of key it is, which its public key says.</summary>
    public KeySpec Spec =>
        PublicKey.Length == 0 ? KeySpec.Symmetric
        : PublicKey.SequenceEqual(MacMark) ? KeySpec.Hmac256
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
