using FairShare.Aws.Backup;
using FairShare.Backup.Integrity;
using FairShare.Contracts.Backup;
using FairShare.Core.Digests;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>Reads pieces of a body, and of the hashes beside it: no call reads more, however large the body is.</summary>
internal static class BodyPieces
{
    /// <summary>How many leaves a piece has.</summary>
    public static int PieceLeaves(this FunctionServices services) =>
        (int)Math.Clamp(services.Settings.PeerPiece / ShareTree.LeafSize, 1, int.MaxValue / ShareTree.LeafSize);

    /// <summary>Opens a piece of the body.</summary>
    /// <exception cref="Contracts.Http.ProblemException"><c>share-not-stored</c>.</exception>
    public static async Task<ObjectRange> OpenPieceAsync(
        this FunctionServices services,
        StoredBackup stored,
        long leaf,
        int leaves,
        CancellationToken cancellationToken
    ) =>
        await services.Peer.Bucket.ReadAsync(
            PeerBucket.BodyKey(stored.Kept.Id, stored.Body.Slot),
            leaf * ShareTree.LeafSize,
            (long)leaves * ShareTree.LeafSize,
            cancellationToken
        ) ?? throw PeerProblems.NotStored.With("The body is gone.");

    /// <summary>The hashes of a piece's leaves that lie beside the body, one behind the other; fewer where they are not there.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadHashesAsync(
        this FunctionServices services,
        StoredBackup stored,
        long leaf,
        int leaves,
        CancellationToken cancellationToken
    )
    {
        if (!stored.HasTree)
        {
            return default;
        }

        await using var beside = await services.Peer.Bucket.ReadAsync(
            PeerBucket.TreeKey(stored.Kept.Id, stored.Body.Slot),
            leaf * Sha256Digest.ByteLength,
            (long)leaves * Sha256Digest.ByteLength,
            cancellationToken
        );
        // Hashes of another number of leaves are those of another body.
        if (beside is null || beside.Size != (long)ShareTree.LeavesOf(stored.Body.Size) * Sha256Digest.ByteLength)
        {
            return default;
        }

        using var octets = new MemoryStream();
        await beside.Octets.CopyToAsync(octets, cancellationToken);
        return octets.ToArray();
    }

    /// <summary>One hash of a piece; nothing where it is not there.</summary>
    public static ReadOnlySpan<byte> HashOf(ReadOnlyMemory<byte> hashes, int leaf)
    {
        var from = leaf * Sha256Digest.ByteLength;
        return from + Sha256Digest.ByteLength <= hashes.Length ? hashes.Span.Slice(from, Sha256Digest.ByteLength) : default;
    }
}
