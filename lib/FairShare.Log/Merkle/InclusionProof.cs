using FairShare.Core.Digests;

namespace FairShare.Log.Merkle;

/// <summary>What shows that a leaf stands at a place of a tree, to whoever knows the tree's root.</summary>
/// <param name="Index">The leaf's place, from 0.</param>
/// <param name="Size">How many leaves the tree has.</param>
/// <param name="Hashes">The hashes from the leaf's sibling up, as RFC 9162, section 2.1.3.1, orders them.</param>
public sealed record InclusionProof(long Index, long Size, IReadOnlyList<Sha256Digest> Hashes)
{
    /// <summary>Whether the proof shows it (RFC 9162, section 2.1.3.2).</summary>
    /// <param name="leafHash">The leaf's hash.</param>
    /// <param name="root">The tree's root.</param>
    public bool Verify(Sha256Digest leafHash, Sha256Digest root)
    {
        if (Index < 0 || Index >= Size)
        {
            return false;
        }

        var (place, last, hash) = (Index, Size - 1, leafHash);
        foreach (var sibling in Hashes)
        {
            if (last == 0)
            {
                return false;
            }

            if (place % 2 == 1 || place == last)
            {
                hash = TreeHash.OfNode(sibling, hash);
                while (place % 2 == 0 && place != 0)
                {
                    // Here the leaf's side had no sibling.
                    (place, last) = (place >> 1, last >> 1);
                }
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }
}
