using System.Globalization;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Notes;

namespace FairShare.Log.Checkpoints;

/// <summary>What a log commits itself to: how many leaves it has, and the root of their tree (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">Which log.</param>
/// <param name="Size">How many leaves; 0 or more.</param>
/// <param name="Root">The root of the tree of that size.</param>
public sealed record Checkpoint(string Origin, long Size, Sha256Digest Root)
{
    /// <summary>Further lines, which mean nothing here; none by default.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The note's text: origin, size, root in base64, and further lines; each ends with a newline.</summary>
    public string ToText() =>
        string.Concat(
            new[] { Origin, Size.ToString(CultureInfo.InvariantCulture), Root.ToBase64() }.Concat(Extensions).Select(line => line + "\n")
        );

    /// <summary>Reads a note's text, signed or not: <see cref="SignedNote.Open"/> says whether it counts.</summary>
    /// <exception cref="ProtocolException"><c>invalid-checkpoint</c>: not three lines or more, or not in the one way to write
    /// them.</exception>
    public static Checkpoint Parse(string text)
    {
        var root = new byte[Sha256Digest.ByteLength];
        if (
            text.EndsWith('\n')
            && text[..^1].Split('\n') is [{ Length: > 0 } origin, var size, var hash, .. var extensions]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)
            && Convert.TryFromBase64String(hash, root, out var length)
            && length == root.Length
            && Array.TrueForAll(extensions, line => line.Length > 0)
        )
        {
            var checkpoint = new Checkpoint(origin, leaves, Sha256Digest.FromBytes(root)) { Extensions = extensions };
            if (checkpoint.ToText() == text)
            {
                return checkpoint;
            }
        }

        throw new ProtocolException("invalid-checkpoint", "A checkpoint is an origin, a size and a root hash in base64, one a line.");
    }

    /// <summary>Reads a signed checkpoint, and verifies that a log's key signed it.</summary>
    /// <param name="note">The note.</param>
    /// <param name="logKey">The log's key, whose name is the log's origin.</param>
    /// <exception cref="ProtocolException"><c>bad-note-signature</c>, <c>unsigned-note</c>, <c>invalid-checkpoint</c>; <c>wrong-origin</c>:
    /// it
    /// is another log's.</exception>
    public static Checkpoint Open(SignedNote note, NoteKey logKey)
    {
        note.Open(logKey);
        var checkpoint = Parse(note.Text);
        return checkpoint.Origin == logKey.Name
            ? checkpoint
            : throw new ProtocolException("wrong-origin", "The checkpoint is of another log.")
            {
                Value = RefusedText.Of(checkpoint.Origin),
            };
    }

    /// <summary>Equal when the text is.</summary>
    public bool Equals(Checkpoint? other) => other is not null && ToText() == other.ToText();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToText());
}
