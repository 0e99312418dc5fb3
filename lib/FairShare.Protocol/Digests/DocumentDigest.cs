using FairShare.Protocol.Errors;

namespace FairShare.Protocol.Digests;

/// <summary>A document's digest with the method that made it (Imp(m) of ISO/IEC 13888-3); equal by value.</summary>
public sealed record DocumentDigest
{
    private DocumentDigest(DigestMethod method, Sha256Digest value, long? partSize)
    {
        Method = method;
        Value = value;
        PartSize = partSize;
    }

    /// <summary>How the digest was made.</summary>
    public DigestMethod Method { get; }

    /// <summary>The 32 bytes.</summary>
    public Sha256Digest Value { get; }

    /// <summary>Bytes of every part but the last; null exactly when the method is <c>sha-256</c>.</summary>
    public long? PartSize { get; }

    /// <summary>A digest of all bytes.</summary>
    public static DocumentDigest Whole(Sha256Digest value) => new(DigestMethod.Sha256, value, null);

    /// <summary>A digest of part digests.</summary>
    /// <param name="value">SHA-256 of the concatenated part digests.</param>
    /// <param name="partSize">Bytes of every part but the last, 5 MiB..5 GiB.</param>
    /// <exception cref="ProtocolException"><c>invalid-part-size</c>.</exception>
    public static DocumentDigest OfParts(Sha256Digest value, long partSize) =>
        new(DigestMethod.Sha256Parts, value, DigestLimits.RequirePartSize(partSize));

    /// <summary>Reads the three members as they stand on the wire.</summary>
    /// <param name="method"><c>sha-256</c> or <c>sha-256-parts</c>.</param>
    /// <param name="value">43 characters of base64url.</param>
    /// <param name="partSize">Given exactly with <c>sha-256-parts</c>; 5 MiB..5 GiB.</param>
    /// <exception cref="ProtocolException"><c>unknown-digest-method</c>, <c>invalid-digest</c>, <c>invalid-part-size</c>.</exception>
    public static DocumentDigest Parse(string method, string value, long? partSize)
    {
        var digest = Sha256Digest.Parse(value);
        return (DigestMethods.Parse(method), partSize) switch
        {
            (DigestMethod.Sha256, null) => Whole(digest),
            (DigestMethod.Sha256Parts, { } size) => OfParts(digest, size),
            _ => throw new ProtocolException("invalid-part-size", "A part size is given with sha-256-parts, and with no other method."),
        };
    }

    /// <summary>How many parts a document of this size has; 1 for <c>sha-256</c>.</summary>
    /// <param name="size">Bytes, 1 or more.</param>
    public long PartCount(long size) => PartSize is { } partSize ? ((size - 1) / partSize) + 1 : 1;

    /// <summary>Refuses a size that the method cannot carry.</summary>
    /// <param name="size">Bytes: 1 to 5 GiB for <c>sha-256</c>, 1 to 10000 parts for <c>sha-256-parts</c>.</param>
    /// <exception cref="ProtocolException"><c>empty-document</c>, <c>document-too-large</c>.</exception>
    public void RequireFits(long size) => DigestLimits.RequireFits(size, PartSize);
}
