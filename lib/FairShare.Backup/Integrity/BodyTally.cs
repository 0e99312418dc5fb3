using FairShare.Core.Digests;

namespace FairShare.Backup.Integrity;

/// <summary>
/// What was found in a body so far, leaf by leaf, and in the hashes that are kept beside it: small enough to be put down between two pieces
/// of a body of any size.
/// </summary>
/// <param name="found">The leaves that were read.</param>
/// <param name="beside">The hashes beside the body; behind <paramref name="found"/> from the first one on that is missing.</param>
/// <param name="wrong">Leaves that are not what the hashes beside the body say; the first hundred.</param>
public sealed class BodyTally(TreeFrontier found, TreeFrontier beside, IEnumerable<int> wrong)
{
    private const int MostWrong = 100;

    private readonly List<int> wrong = [.. wrong];

    /// <summary>Nothing yet.</summary>
    public BodyTally()
        : this(new(), new(), []) { }

    /// <summary>The leaves that were read.</summary>
    public TreeFrontier Found => found;

    /// <summary>The hashes beside the body.</summary>
    public TreeFrontier Beside => beside;

    /// <summary>Leaves that are not what the hashes beside the body say, whatever those are worth; the first hundred.</summary>
    public IReadOnlyList<int> Wrong => wrong;

    /// <summary>Takes the next leaf.</summary>
    /// <param name="leaf">Its octets.</param>
    /// <param name="hash">Its hash beside the body; nothing where there is none.</param>
    /// <returns>Whether the leaf is what its hash says; false where there is none.</returns>
    public bool Take(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> hash)
    {
        var isKnown = hash.Length == Sha256Digest.ByteLength && beside.Leaves == found.Leaves;
        var octets = ShareTree.HashLeaf(leaf);
        var isRight = isKnown && hash.SequenceEqual(octets);
        if (isKnown && !isRight && wrong.Count < MostWrong)
        {
            wrong.Add((int)found.Leaves);
        }

        found.Append(octets);
        if (isKnown)
        {
            beside.Append(hash.ToArray());
        }

        return isRight;
    }

    /// <summary>Whether every hash beside the body came, and they are those under a root.</summary>
    public bool IsBeside(Sha256Digest root) => beside.Leaves > 0 && beside.Leaves == found.Leaves && beside.Root == root;
}
