using System.Buffers;
using FairShare.Core.Digests;

namespace FairShare.Client.Transfers;

/// <summary>A file's digest, with those of its parts.</summary>
/// <param name="Digest">The document's digest.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Parts">Digests of the parts in order; empty for <c>sha-256</c>.</param>
public sealed record FileDigest(DocumentDigest Digest, long Size, IReadOnlyList<Sha256Digest> Parts)
{
    /// <summary>Up to this size a document goes up in one PUT: 64 MiB.</summary>
    public const long SinglePutThreshold = 64L << 20;

    /// <summary>The smallest part that this client makes: 16 MiB.</summary>
    public const long MinPartSize = 16L << 20;

    private const int BufferLength = 1 << 20;

    /// <summary>Chooses how a file of this size goes up.</summary>
    /// <returns>Null for one PUT; otherwise the part size, a whole number of MiB such that 10000 parts suffice.</returns>
    public static long? PartSizeFor(long size)
    {
        if (size <= SinglePutThreshold)
        {
            return null;
        }

        var perPart = ((size - 1) / DigestLimits.MaxParts) + 1;
        return Math.Max(MinPartSize, (perPart + (1 << 20) - 1) >> 20 << 20);
    }

    /// <summary>Reads a file once and computes its digest; memory does not grow with the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="partSize">Null for <c>sha-256</c>; bytes of a part for <c>sha-256-parts</c>.</param>
    /// <param name="progress">Told of every buffer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Core.Errors.ProtocolException"><c>empty-document</c>, <c>document-too-large</c>.</exception>
    public static async Task<FileDigest> ComputeAsync(
        string path,
        long? partSize,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan | FileOptions.Asynchronous);
        var total = RandomAccess.GetLength(file);
        using var hasher = new DocumentHasher(partSize);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int count;
            while ((count = await RandomAccess.ReadAsync(file, buffer, hasher.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hasher.Append(buffer.AsSpan(0, count));
                progress?.Invoke(new TransferProgress(TransferPhase.Hashing, hasher.Length, total));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new FileDigest(hasher.Finish(), hasher.Length, hasher.PartDigests);
    }
}
