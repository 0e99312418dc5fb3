using System.Globalization;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;
using FairShare.Log.Notes;

namespace FairShare.Log.Proofs;

/// <summary>What shows offline that a leaf stands in a log: <c>.tlog-proof</c> (C2SP tlog-proof).</summary>
/// <param name="Index">The leaf's place, from 0.</param>
/// <param name="Hashes">The inclusion proof, from the leaf's sibling up.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record LogProof(long Index, IReadOnlyList<Sha256Digest> Hashes, SignedNote Note)
{
    /// <summary>The first line.</summary>
    public const string Header = "c2sp.org/tlog-proof@v1";

    // A tree of 2^63 leaves.
    private const int HashLimit = 63;

    /// <summary>Further data, which nobody vouches for; null where there is none.</summary>
    public string? ExtraBase64 { get; init; }

    /// <summary>Verifies that a log says that the leaf stands there.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="logKey">The log's key, whose name is the log's origin.</param>
    /// <returns>The checkpoint by which it does.</returns>
    /// <exception cref="ProtocolException"><c>bad-note-signature</c>, <c>unsigned-note</c>, <c>invalid-checkpoint</c>,
    /// <c>wrong-origin</c>; <c>not-included</c>: the leaf does not stand there.</exception>
    public Checkpoint Verify(LogLeaf leaf, NoteKey logKey)
    {
        var checkpoint = Checkpoint.Open(Note, logKey);
        return new InclusionProof(Index, checkpoint.Size, Hashes).Verify(leaf.Hash(), checkpoint.Root)
            ? checkpoint
            : throw new ProtocolException("not-included", "The proof does not lead from the token to the root of the checkpoint.");
    }

    /// <summary>Reads a proof.</summary>
    /// <exception cref="ProtocolException"><c>invalid-proof</c>: of another form; <c>invalid-note</c>: what follows is no note.</exception>
    public static LogProof Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || text[..end].Split('\n') is not [Header, .. var lines])
        {
            throw Refuse();
        }

        string? extra = null;
        if (lines is [var first, .. var others] && first.StartsWith("extra ", StringComparison.Ordinal))
        {
            (extra, lines) = (first["extra ".Length..], others);
        }

        if (lines is not [var indexLine, .. var hashes] || !TryIndex(indexLine, out var index) || hashes.Length > HashLimit)
        {
            throw Refuse();
        }

        var proof = new LogProof(index, [.. hashes.Select(Hash)], SignedNote.Parse(text[(end + 2)..])) { ExtraBase64 = extra };
        return proof.ToString() == text && (extra is null || IsBase64(extra)) ? proof : throw Refuse();
    }

    /// <summary>The proof, as <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        var extra = ExtraBase64 is null ? "" : $"extra {ExtraBase64}\n";
        var index = Index.ToString(CultureInfo.InvariantCulture);
        return $"{Header}\n{extra}index {index}\n{string.Concat(Hashes.Select(hash => hash.ToBase64() + "\n"))}\n{Note}";
    }

    private static bool TryIndex(string line, out long index)
    {
        index = 0;
        return line.StartsWith("index ", StringComparison.Ordinal)
            && long.TryParse(line["index ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    private static Sha256Digest Hash(string line)
    {
        var octets = new byte[Sha256Digest.ByteLength];
        return Convert.TryFromBase64String(line, octets, out var length) && length == octets.Length
            ? Sha256Digest.FromBytes(octets)
            : throw Refuse();
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);

    private static ProtocolException Refuse() =>
        new("invalid-proof", $"A proof is the line {Header}, an index, hashes in base64, an empty line, and a checkpoint.");
}
