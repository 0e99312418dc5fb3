using FairShare.Aws.Backup;
using FairShare.Backup.Integrity;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>A body that is copied with some leaves put right, from where the last call stopped.</summary>
/// <param name="services">The peer's parts.</param>
/// <param name="stored">The body that is copied.</param>
/// <param name="pending">Where the copy goes, and how far it is.</param>
/// <param name="patch">The leaves that are put right, by their numbers.</param>
internal sealed class PatchedBody(FunctionServices services, StoredBackup stored, PendingBody pending, Dictionary<int, byte[]> patch)
{
    // One part is in memory.
    private const int LargestPart = 64 << 20;

    private readonly TreeFrontier copied =
        TreeFrontier.TryRead(pending.Copy!.Frontier, pending.Copy.Leaves)
        ?? throw new InvalidOperationException("The hashes of what was copied are malformed.");

    /// <summary>How far it is.</summary>
    public KeptCopy Progress => pending.Copy! with { Leaves = copied.Leaves, Frontier = copied.ToBytes() };

    private int PartSize => (int)(stored.Body.Digest.PartSize ?? stored.Body.Size);

    private int PartLeaves => ShareTree.LeavesOf(PartSize);

    /// <summary>Requires that a body is of parts that can be copied.</summary>
    /// <exception cref="ProblemException"><c>share-body-differs</c>.</exception>
    public static void RequireForm(KeptBody body)
    {
        var part = body.Digest.PartSize ?? body.Size;
        if (part > LargestPart || (body.Digest.PartSize is not null && part % ShareTree.LeafSize != 0))
        {
            throw PeerProblems.WrongBody.With("A body of such parts is stored anew as a whole.");
        }
    }

    /// <summary>Copies a piece, and at least a part.</summary>
    /// <returns>Whether that was the last one.</returns>
    /// <exception cref="ProblemException"><c>share-body-differs</c>: a leaf is not what it must be; <c>busy</c>: S3 has given
    /// the copy up.</exception>
    public async Task<bool> CopyAsync(CancellationToken cancellationToken)
    {
        var total = ShareTree.LeavesOf(stored.Body.Size);
        var copy = services.Peer.Bucket.Copy(stored.Kept.Id, pending);
        for (var parts = Math.Max(1, services.PieceLeaves() / PartLeaves); parts > 0 && copied.Leaves < total; parts--)
        {
            var number = (int)(copied.Leaves / PartLeaves) + 1;
            if (!await copy.SendAsync(number, await ReadPartAsync(cancellationToken), cancellationToken))
            {
                await RequireStoredAsync(cancellationToken);
            }
        }

        return copied.Leaves == total;
    }

    /// <summary>Makes an object of what was copied, unless a call before did, and puts the hashes beside it.</summary>
    /// <exception cref="ProblemException"><c>share-body-differs</c>: it is not the manifest's body; <c>busy</c>: S3
    /// has given the copy up.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var (backup, bucket) = (stored.Kept.Id, services.Peer.Bucket);
        if (copied.Root != stored.Manifest.Roots[stored.Index - 1])
        {
            throw Wrong("its root is another");
        }

        if (await IsStoredAsync(cancellationToken) is null)
        {
            // Where another call has made it meanwhile, it is there all the same.
            await bucket.Copy(backup, pending).CompleteAsync(cancellationToken);
        }

        await RequireStoredAsync(cancellationToken);
        if (stored.HasTree && !await bucket.TryCopyTreeAsync(backup, stored.Body.Slot, pending.Slot, cancellationToken))
        {
            throw PeerProblems.NotStored.With("The hashes beside the body are gone.");
        }
    }

    private Task<bool?> IsStoredAsync(CancellationToken cancellationToken) =>
        services.Peer.Bucket.IsStoredAsync(
            PeerBucket.BodyKey(stored.Kept.Id, pending.Slot),
            stored.Body.Digest,
            stored.Body.Size,
            cancellationToken
        );

    // An upload that S3 knows no more has become the object, in a call that ended behind that, or was dropped.
    private async Task RequireStoredAsync(CancellationToken cancellationToken)
    {
        switch (await IsStoredAsync(cancellationToken))
        {
            case null:
                throw CommonProblems.Busy.With("The copy is given up, or another order goes on with it; repeat this one.");
            case false:
                throw Wrong("its digest is another");
        }
    }

    private async Task<ArraySegment<byte>> ReadPartAsync(CancellationToken cancellationToken)
    {
        var first = (int)copied.Leaves;
        await using var piece = await services.OpenPieceAsync(stored, first, PartLeaves, cancellationToken);
        var hashes = await services.ReadHashesAsync(stored, first, PartLeaves, cancellationToken);
        var part = new byte[Math.Min(PartSize, stored.Body.Size - ((long)first * ShareTree.LeafSize))];
        await piece.Octets.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellationToken);
        for (var number = 0; number * ShareTree.LeafSize < part.Length; number++)
        {
            var octets = part.AsSpan(number * ShareTree.LeafSize);
            octets = octets[..Math.Min(octets.Length, ShareTree.LeafSize)];
            patch.GetValueOrDefault(first + number).CopyTo(octets);
            var leaf = ShareTree.HashLeaf(octets);
            if (stored.HasTree && !BodyPieces.HashOf(hashes, number).SequenceEqual(leaf))
            {
                throw Wrong($"leaf {first + number} is not what its hash says");
            }

            copied.Append(leaf);
        }

        return part;
    }

    private static ProblemException Wrong(string why) =>
        PeerProblems.WrongBody.With($"With these leaves the body is not the one that the manifest says: {why}. Nothing was changed.");
}
