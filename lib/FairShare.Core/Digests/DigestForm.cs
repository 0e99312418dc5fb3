using FairShare.Core.Errors;

namespace FairShare.Core.Digests;

/// <summary>How a document is digested: the method, and with <c>sha-256-parts</c> the part size; equal by value.</summary>
public sealed record DigestForm
{
    private DigestForm(DigestMethod method, long? partSize) => (Method, PartSize) = (method, partSize);

    /// <summary>The method.</summary>
    public DigestMethod Method { get; }

    /// <summary>Bytes of every part but the last, 5 MiB..5 GiB; null exactly when the method is <c>sha-256</c>.</summary>
    public long? PartSize { get; }

    /// <summary>A digest of all bytes.</summary>
    public static DigestForm Whole { get; } = new(DigestMethod.Sha256, null);

    /// <summary>A digest of part digests.</summary>
    /// <param name="partSize">5 MiB..5 GiB.</param>
    /// <exception cref="ProtocolException"><c>invalid-part-size</c>.</exception>
    public static DigestForm OfParts(long partSize) => new(DigestMethod.Sha256Parts, DigestLimits.RequirePartSize(partSize));

    /// <summary>Reads both members as they stand on the wire.</summary>
    /// <exception cref="ProtocolException"><c>unknown-digest-method</c>, <c>invalid-part-size</c>.</exception>
    public static DigestForm Parse(string method, long? partSize) =>
        (DigestMethods.Parse(method), partSize) switch
        {
            (DigestMethod.Sha256, null) => Whole,
            (DigestMethod.Sha256Parts, { } size) => OfParts(size),
            _ => throw new ProtocolException("invalid-part-size", "A part size is given with sha-256-parts, and with no other method."),
        };

    /// <summary>How many parts a document of this size has; 1 for <c>sha-256</c>.</summary>
    /// <param name="size">Bytes, 1 or more.</param>
    public long PartCount(long size) => PartSize is { } partSize ? ((size - 1) / partSize) + 1 : 1;

    /// <summary>How many bytes a part has: the part size, or what is left for the last.</summary>
    /// <param name="number">The part's number, from 1 to <see cref="PartCount"/>.</param>
    /// <param name="size">The document's bytes.</param>
    public long PartLength(long number, long size) =>
        PartSize is { } partSize ? Math.Min(partSize, size - ((number - 1) * partSize)) : size;

    /// <summary>Refuses a size that the method cannot carry.</summary>
    /// <param name="size">Bytes: 1 to 5 GiB for <c>sha-256</c>, 1 to 10000 parts for <c>sha-256-parts</c>.</param>
    /// <exception cref="ProtocolException"><c>empty-document</c>, <c>document-too-large</c>.</exception>
    public void RequireFits(long size) => DigestLimits.RequireFits(size, PartSize);
}
