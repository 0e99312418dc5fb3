using System.Security.Cryptography;

namespace FairShare.Backup.Integrity;

/// <summary>Makes the tree of a body while the body goes by.</summary>
public sealed class LeafHasher : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte[]> leaves = [];
    private int filled;

    /// <summary>Begins a body.</summary>
    public LeafHasher() => hash.AppendData(ShareTree.LeafMark);

    /// <summary>Takes the body's next octets.</summary>
    public void Append(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            // A leaf ends when the next octet comes: an empty one stands only in an empty body.
            if (filled == ShareTree.LeafSize)
            {
                EndLeaf();
            }

            var taken = Math.Min(octets.Length, ShareTree.LeafSize - filled);
            hash.AppendData(octets[..taken]);
            filled += taken;
            octets = octets[taken..];
        }
    }

    /// <summary>Ends the body; call once.</summary>
    public ShareTree Complete()
    {
        EndLeaf();
        return ShareTree.Of([.. leaves]);
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void EndLeaf()
    {
        leaves.Add(hash.GetHashAndReset());
        hash.AppendData(ShareTree.LeafMark);
        filled = 0;
    }
}
