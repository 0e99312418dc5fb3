using FairShare.Core.Errors;

namespace FairShare.Core.Digests;

/// <summary>A document's digest with the form in which it was made (Imp(m) of ISO/IEC 13888-3); equal by value.</summary>
/// <param name="Form">How the digest was made.</param>
/// <param name="Value">The 32 bytes.</param>
public sealed record DocumentDigest(DigestForm Form, Sha256Digest Value)
{
    /// <summary>The method.</summary>
    public DigestMethod Method => Form.Method;

    /// <summary>Bytes of every part but the last; null exactly when the method is <c>sha-256</c>.</summary>
    public long? PartSize => Form.PartSize;

    /// <summary>A digest of all bytes.</summary>
    public static DocumentDigest Whole(Sha256Digest value) => new(DigestForm.Whole, value);

    /// <summary>A digest of part digests.</summary>
    /// <param name="value">SHA-256 of the concatenated part digests.</param>
    /// <param name="partSize">Bytes of every part but the last, 5 MiB..5 GiB.</param>
    /// <exception cref="ProtocolException"><c>invalid-part-size</c>.</exception>
    public static DocumentDigest OfParts(Sha256Digest value, long partSize) => new(DigestForm.OfParts(partSize), value);

    /// <summary>Reads the three members as they stand on the wire.</summary>
    /// <param name="method"><c>sha-256</c> or <c>sha-256-parts</c>.</param>
    /// <param name="value">43 characters of base64url.</param>
    /// <param name="partSize">Given exactly with <c>sha-256-parts</c>; 5 MiB..5 GiB.</param>
    /// <exception cref="ProtocolException"><c>unknown-digest-method</c>, <c>invalid-digest</c>, <c>invalid-part-size</c>.</exception>
    public static DocumentDigest Parse(string method, string value, long? partSize) =>
        new(DigestForm.Parse(method, partSize), Sha256Digest.Parse(value));

    /// <inheritdoc cref="DigestForm.PartCount"/>
    public long PartCount(long size) => Form.PartCount(size);

    /// <inheritdoc cref="DigestForm.RequireFits"/>
    public void RequireFits(long size) => Form.RequireFits(size);
}
