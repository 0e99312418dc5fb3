using System.Numerics;
using FairShare.Core.Digests;

namespace FairShare.Log.Merkle;

/// <summary>What shows that a tree is another's beginning, to whoever knows the roots of both.</summary>
/// <param name="OldSize">How many leaves the smaller tree has.</param>
/// <param name="Size">How many leaves the larger tree has.</param>
/// <param name="Hashes">The hashes, as RFC 9162, section 2.1.4.1, orders them; none for an old size of 0, or two equal sizes.</param>
public sealed record ConsistencyProof(long OldSize, long Size, IReadOnlyList<Sha256Digest> Hashes)
{
    /// <summary>Whether the proof shows it (RFC 9162, section 2.1.4.2).</summary>
    /// <param name="oldRoot">The smaller tree's root.</param>
    /// <param name="root">The larger tree's root.</param>
    public bool Verify(Sha256Digest oldRoot, Sha256Digest root)
    {
        if (OldSize < 0 || OldSize > Size)
        {
            return false;
        }

        if (OldSize == Size || OldSize == 0)
        {
            return Hashes.Count == 0 && (OldSize == Size ? oldRoot == root : oldRoot == TreeHash.Empty);
        }

        // The root of a full smaller tree is a node of the larger one, and is not sent.
        IReadOnlyList<Sha256Digest> path = BitOperations.IsPow2(OldSize) ? [oldRoot, .. Hashes] : Hashes;
        return path.Count > 0 && Walk(path) is var (oldHash, hash) && oldHash == oldRoot && hash == root;
    }

    private (Sha256Digest Old, Sha256Digest New)? Walk(IReadOnlyList<Sha256Digest> path)
    {
        var (place, last) = (OldSize - 1, Size - 1);
        while (place % 2 == 1)
        {
            (place, last) = (place >> 1, last >> 1);
        }

        var (oldHash, hash) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
            {
                return null;
            }

            if (place % 2 == 1 || place == last)
            {
                (oldHash, hash) = (TreeHash.OfNode(sibling, oldHash), TreeHash.OfNode(sibling, hash));
                while (place % 2 == 0 && place != 0)
                {
                    (place, last) = (place >> 1, last >> 1);
                }
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 ? (oldHash, hash) : null;
    }
}
