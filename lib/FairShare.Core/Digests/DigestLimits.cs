using FairShare.Core.Errors;

namespace FairShare.Core.Digests;

/// <summary>Sizes that S3 can store and check in one PUT or one multipart upload (Amazon S3 user guide, multipart upload limits).</summary>
public static class DigestLimits
{
    /// <summary>The largest document of one PUT, and the largest part: 5 GiB.</summary>
    public const long MaxSinglePut = 5L << 30;

    /// <summary>The smallest part: 5 MiB; the last part may be smaller.</summary>
    public const long MinPartSize = 5L << 20;

    /// <summary>The most parts.</summary>
    public const int MaxParts = 10_000;

    /// <summary>Passes a part size of 5 MiB..5 GiB.</summary>
    /// <exception cref="ProtocolException"><c>invalid-part-size</c>.</exception>
    public static long RequirePartSize(long partSize) =>
        partSize is >= MinPartSize and <= MaxSinglePut
            ? partSize
            : throw new ProtocolException("invalid-part-size", "A part has 5 MiB to 5 GiB.");

    internal static void RequireFits(long size, long? partSize)
    {
        if (size < 1)
        {
            throw new ProtocolException("empty-document", "A document has at least one byte.");
        }

        if (size > Largest(partSize))
        {
            throw new ProtocolException(
                "document-too-large",
                partSize is null ? "A sha-256 document has at most 5 GiB." : $"A document has at most {MaxParts} parts of the stated size."
            );
        }
    }

    internal static long Largest(long? partSize) => partSize is { } size ? size * MaxParts : MaxSinglePut;
}
