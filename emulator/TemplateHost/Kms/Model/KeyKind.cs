using System.Text.Json.Nodes;

namespace TemplateHost.Kms.Model;

/// <summary>What a key is for, as KMS names it.</summary>
/// <param name="Spec"><c>KeySpec</c>.</param>
/// <param name="Usage"><c>KeyUsage</c>.</param>
/// <param name="AlgorithmsMember">The member of a key's metadata that lists what it can do.</param>
/// <param name="Algorithm">The one thing that it can do.</param>
internal sealed record KeyKind(string Spec, string Usage, string AlgorithmsMember, string Algorithm)
{
    public static KeyKind Signing { get; } = new("ECC_NIST_P256", "SIGN_VERIFY", "SigningAlgorithms", KeyRecord.SigningAlgorithm);

    public static KeyKind Symmetric { get; } = new("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "EncryptionAlgorithms", "SYMMETRIC_DEFAULT");

    public JsonArray Algorithms => new(Algorithm);

    /// <summary>The kind that has these; what is not said is that of a symmetric key, as at KMS. Null for any other.</summary>
    public static KeyKind? Find(string? spec, string? usage) =>
        (spec ?? Symmetric.Spec, usage ?? Symmetric.Usage) switch
        {
            ("ECC_NIST_P256", "SIGN_VERIFY") => Signing,
            ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT") => Symmetric,
            _ => null,
        };
}
