namespace TemplateHost.Kms.Model;

/// <summary>A kind of key that the host makes.</summary>
/// <param name="Name">KMS's name of it.</param>
/// <param name="Usage">What such a key is for: SIGN_VERIFY, ENCRYPT_DECRYPT or GENERATE_VERIFY_MAC.</param>
/// <param name="Algorithm">The one thing that it does.</param>
/// <param name="SignsDigests">Whether a caller may hash the message itself.</param>
internal sealed record KeySpec(string Name, string Usage, string Algorithm, bool SignsDigests)
{
    private const string Signing = "SIGN_VERIFY";

    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    public static KeySpec P256 { get; } = new("ECC_NIST_P256", Signing, "ECDSA_SHA_256", SignsDigests: true);

    /// <summary>Ed25519 (RFC 8032); its prehashed variant, ED25519_PH_SHA_512, is not served.</summary>
    public static KeySpec Ed25519 { get; } = new("ECC_NIST_EDWARDS25519", Signing, "ED25519_SHA_512", SignsDigests: false);

    /// <summary>AES-256 in GCM: what KMS makes where nothing else is asked for.</summary>
    public static KeySpec Symmetric { get; } = new("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", SignsDigests: false);

    /// <summary>HMAC with SHA-256, by a secret of 32 octets.</summary>
    public static KeySpec Hmac256 { get; } = new("HMAC_256", "GENERATE_VERIFY_MAC", "HMAC_SHA_256", SignsDigests: false);

    /// <summary>The names of all, for people.</summary>
    public static string Names =>
        $"{P256.Name} or {Ed25519.Name} for {Signing}, {Symmetric.Name} for {Symmetric.Usage}, or {Hmac256.Name} for {Hmac256.Usage}";

    /// <summary>Whether it is a pair of keys.</summary>
    public bool Signs => Usage == Signing;

    /// <summary>The member of a key's metadata that lists what it does.</summary>
    public string AlgorithmsMember =>
        Signs ? "SigningAlgorithms"
        : this == Hmac256 ? "MacAlgorithms"
        : "EncryptionAlgorithms";

    /// <summary>Finds a kind by name and usage; what is not said is that of a symmetric key. Null when the host makes none of it.</summary>
    public static KeySpec? Find(string? name, string? usage) =>
        Array.Find(
            [P256, Ed25519, Symmetric, Hmac256],
            spec => spec.Name == (name ?? Symmetric.Name) && spec.Usage == (usage ?? Symmetric.Usage)
        );
}
