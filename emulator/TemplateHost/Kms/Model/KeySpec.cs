namespace TemplateHost.Kms.Model;

/// <summary>A kind of signing key that the host makes.</summary>
/// <param name="Name">KMS's name of it.</param>
/// <param name="SigningAlgorithm">What such a key signs with.</param>
/// <param name="SignsDigests">Whether a caller may hash the message itself.</param>
internal sealed record KeySpec(string Name, string SigningAlgorithm, bool SignsDigests)
{
    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    public static KeySpec P256 { get; } = new("ECC_NIST_P256", "ECDSA_SHA_256", SignsDigests: true);

    /// <summary>Ed25519 (RFC 8032); its prehashed variant, ED25519_PH_SHA_512, is not served.</summary>
    public static KeySpec Ed25519 { get; } = new("ECC_NIST_EDWARDS25519", "ED25519_SHA_512", SignsDigests: false);

    /// <summary>The names of all, for people.</summary>
    public static string Names => $"{P256.Name} or {Ed25519.Name}";

    /// <summary>Finds a kind by its name; null when the host makes none of it.</summary>
    public static KeySpec? Find(string? name) =>
        name == P256.Name ? P256
        : name == Ed25519.Name ? Ed25519
        : null;
}
