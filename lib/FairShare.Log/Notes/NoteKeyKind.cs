namespace FairShare.Log.Notes;

/// <summary>What a note's key signs, by the octet that stands before the key (C2SP signed-note, signature types).</summary>
public enum NoteKeyKind
{
    /// <summary>Ed25519 over the note's text: a log's own signature.</summary>
    Ed25519 = 1,

    /// <summary>Ed25519 over a time and the text: a witness's <c>cosignature/v1</c> (C2SP tlog-cosignature).</summary>
    Cosignature = 4,
}
