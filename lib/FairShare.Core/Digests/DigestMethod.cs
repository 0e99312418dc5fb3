using FairShare.Core.Errors;

namespace FairShare.Core.Digests;

/// <summary>How a document's digest is made.</summary>
public enum DigestMethod
{
    /// <summary><c>sha-256</c>: SHA-256 of all bytes; up to 5 GiB, one PUT.</summary>
    Sha256,

    /// <summary>
    /// <c>sha-256-parts</c>: SHA-256 of the concatenated SHA-256 digests of fixed-size parts; equals S3's composite checksum.
    /// </summary>
    Sha256Parts,
}

/// <summary>The names of digest methods on the wire.</summary>
public static class DigestMethods
{
    /// <summary>The name, for example <c>sha-256</c>.</summary>
    public static string Name(this DigestMethod method) =>
        method switch
        {
            DigestMethod.Sha256 => "sha-256",
            DigestMethod.Sha256Parts => "sha-256-parts",
            _ => throw Unknown(),
        };

    /// <summary>Reads a name, exactly as written above.</summary>
    /// <exception cref="ProtocolException"><c>unknown-digest-method</c>.</exception>
    public static DigestMethod Parse(string name) =>
        name switch
        {
            "sha-256" => DigestMethod.Sha256,
            "sha-256-parts" => DigestMethod.Sha256Parts,
            _ => throw Unknown(),
        };

    private static ProtocolException Unknown() => new("unknown-digest-method", "The digest method is neither sha-256 nor sha-256-parts.");
}
