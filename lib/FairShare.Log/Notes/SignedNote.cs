using System.Text;
using FairShare.Core.Errors;

namespace FairShare.Log.Notes;

/// <summary>A text with signatures (C2SP signed-note); nothing of it counts before <see cref="Open"/>.</summary>
public sealed record SignedNote
{
    /// <summary>The most signatures that a note may have.</summary>
    public const int SignatureLimit = 100;

    private const int TextLimit = 64 * 1024;

    /// <param name="text">The text; ends with a newline.</param>
    /// <param name="signatures">The signatures, one at least.</param>
    /// <exception cref="ProtocolException"><c>invalid-note</c>: no newline at the end, control characters, or no signatures or too
    /// many.</exception>
    public SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        var isText = text.EndsWith('\n') && text.Length <= TextLimit && text.All(symbol => symbol >= ' ' || symbol == '\n');
        if (!isText || signatures.Count is 0 or > SignatureLimit)
        {
            throw Refuse();
        }

        (Text, Signatures) = (text, signatures);
    }

    /// <summary>What is signed.</summary>
    public string Text { get; }

    /// <summary>All signature lines, those of unknown keys too.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note in UTF-8.</summary>
    /// <exception cref="ProtocolException"><c>invalid-note</c>: not a note, or not UTF-8.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> note)
    {
        try
        {
            return Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(note));
        }
        catch (DecoderFallbackException)
        {
            throw Refuse();
        }
    }

    /// <summary>Reads a note.</summary>
    /// <exception cref="ProtocolException"><c>invalid-note</c>: not a text, an empty line, and signature lines.</exception>
    public static SignedNote Parse(string note)
    {
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !note.EndsWith('\n'))
        {
            throw Refuse();
        }

        var lines = note[(end + 2)..].Split('\n')[..^1];
        var signatures = new List<NoteSignature>();
        foreach (var line in lines.Take(SignatureLimit + 1))
        {
            signatures.Add(NoteSignature.TryParse(line, out var signature) ? signature : throw Refuse());
        }

        return new SignedNote(note[..(end + 1)], signatures);
    }

    /// <summary>Verifies the signatures of known keys; those of unknown keys are ignored.</summary>
    /// <param name="keys">The keys that are trusted; a signature is of a key if both name and id are the key's.</param>
    /// <returns>The keys that signed, each once, with their signatures.</returns>
    /// <exception cref="ProtocolException"><c>bad-note-signature</c>: a known key's signature is wrong; <c>unsigned-note</c>: no known key
    /// signed.</exception>
    public IReadOnlyDictionary<NoteKey, NoteSignature> Open(params IEnumerable<NoteKey> keys)
    {
        var known = keys.Distinct().ToDictionary(key => (key.Name, key.Id));
        var opened = new Dictionary<NoteKey, NoteSignature>();
        foreach (var signature in Signatures)
        {
            if (!known.TryGetValue((signature.Name, signature.KeyId), out var key) || opened.ContainsKey(key))
            {
                continue;
            }

            if (!IsOf(key, signature))
            {
                throw new ProtocolException("bad-note-signature", "A signature of the note is not that of the key it names.")
                {
                    Value = key.Name,
                };
            }

            opened.Add(key, signature);
        }

        return opened.Count > 0 ? opened : throw new ProtocolException("unsigned-note", "No known key signed the note.");
    }

    /// <summary>The note with further signatures; a signature of the same key is replaced.</summary>
    public SignedNote With(params IEnumerable<NoteSignature> further)
    {
        var added = further.ToList();
        return new SignedNote(
            Text,
            [
                .. Signatures.Where(known => !added.Any(signature => (signature.Name, signature.KeyId) == (known.Name, known.KeyId))),
                .. added,
            ]
        );
    }

    /// <summary>The note, as <see cref="Parse(string)"/> reads it.</summary>
    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(signature => signature + "\n"));

    private bool IsOf(NoteKey key, NoteSignature signature)
    {
        var octets = signature.ToBytes();
        return key.Kind == NoteKeyKind.Ed25519
            ? Ed25519Signature.Verify(key.ToBytes(), Encoding.UTF8.GetBytes(Text), octets)
            : octets.Length == Cosignature.Length
                && Ed25519Signature.Verify(key.ToBytes(), Cosignature.Message(Cosignature.TimeOf(octets), Text), octets[sizeof(ulong)..]);
    }

    private static ProtocolException Refuse() =>
        new("invalid-note", "A signed note is a text without control characters, an empty line, and 1 to 100 signature lines.");
}
