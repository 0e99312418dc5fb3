using FairShare.Contracts;

namespace FairShare.Client.Watching;

/// <summary>What a party has collected into a folder, in the profile.</summary>
public sealed class CollectionJournal
{
    private const string PositionName = "position";

    private readonly JournalFolder<CollectedDocument> documents;
    private readonly JournalFolder<WatchPosition> position;
    private readonly HashSet<string> known;

    /// <param name="folder">Where the journal is.</param>
    /// <exception cref="Files.DamagedFileProblem">An entry is damaged.</exception>
    public CollectionJournal(string folder)
    {
        documents = new(Path.Combine(folder, "documents"), WatchJson.Lenient.TypeOf<CollectedDocument>());
        position = new(folder, WatchJson.Lenient.TypeOf<WatchPosition>());
        known = [.. documents.ReadAll().Select(document => document.FileId)];
    }

    /// <summary>Whether nothing more is to be done about a document.</summary>
    public bool IsDone(string fileId) => known.Contains(fileId);

    /// <summary>Notes that nothing more is to be done about a document.</summary>
    public void Note(CollectedDocument document)
    {
        documents.Write(document.FileId, document);
        known.Add(document.FileId);
    }

    /// <summary>Up to when documents were deposited that need not be looked at any more; null for another policy than before.</summary>
    public DateTimeOffset? FloorOf(string policy) => position.Read(PositionName) is { } read && read.Policy == policy ? read.Floor : null;

    /// <summary>Notes that.</summary>
    public void NoteFloor(DateTimeOffset floor, string policy) => position.Write(PositionName, new WatchPosition(floor, policy));
}
