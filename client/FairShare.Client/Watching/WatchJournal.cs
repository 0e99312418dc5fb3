using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Contracts;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Watching;

/// <summary>
/// What became of the files of a watched folder, in the profile. Each step is noted before the next is taken, so that a watch that was
/// killed goes on where it ended, and nothing is sent twice.
/// </summary>
public sealed class WatchJournal
{
    private const string PositionName = "position";

    private readonly JournalFolder<WatchedFile> files;
    private readonly JournalFolder<WatchPosition> position;
    private readonly Dictionary<string, WatchedFile> known;
    private readonly Dictionary<string, WatchedFile> sent = [];
    private readonly IRandomness randomness;

    /// <param name="folder">Where the journal is.</param>
    /// <param name="randomness">The source of idempotency keys.</param>
    /// <exception cref="Files.DamagedFileProblem">An entry is damaged.</exception>
    public WatchJournal(string folder, IRandomness randomness)
    {
        files = new(Path.Combine(folder, "files"), WatchJson.Lenient.TypeOf<WatchedFile>());
        position = new(folder, WatchJson.Lenient.TypeOf<WatchPosition>());
        known = files.ReadAll().ToDictionary(file => IdOf(file.Name, file.Size, file.ModifiedTicks));
        foreach (var file in known.Values)
        {
            KeepSent(file);
        }

        this.randomness = randomness;
    }

    /// <summary>What was sent, by its document.</summary>
    public IReadOnlyDictionary<string, WatchedFile> Sent => sent;

    /// <summary>Up to when evidence is filed.</summary>
    public DateTimeOffset? Floor
    {
        get => position.Read(PositionName)?.Floor;
        set => position.Write(PositionName, (position.Read(PositionName) ?? new WatchPosition()) with { Floor = value });
    }

    /// <summary>Notes who may ask for the files, the first time.</summary>
    /// <returns>False where others may ask for what was sent so far; nothing has changed.</returns>
    public bool TryAddress(string audience)
    {
        var noted = position.Read(PositionName) ?? new WatchPosition();
        if (noted.Policy.Length == 0)
        {
            position.Write(PositionName, noted with { Policy = audience });
        }

        return noted.Policy.Length == 0 || noted.Policy == audience;
    }

    /// <summary>What is known of a file as it is now; null for nothing.</summary>
    public WatchedFile? Find(FileInfo file) => known.GetValueOrDefault(IdOf(file));

    /// <summary>What was sent under the same name and with as many bytes, which may be the same bytes with another time.</summary>
    public IEnumerable<WatchedFile> SentLike(FileInfo file) =>
        known.Values.Where(other => other.IsSent && other.Name == file.Name && other.Size == file.Length && other.Digest is not null);

    /// <summary>Begins with a file, under an idempotency key of its own, in the place of what was known of it.</summary>
    public WatchedFile Begin(FileInfo file)
    {
        var entry = new WatchedFile(file.Name, file.Length, file.LastWriteTimeUtc.Ticks, DocumentId.New(randomness).ToString());
        Note(entry);
        return entry;
    }

    /// <summary>Notes how far a file has come.</summary>
    public void Note(WatchedFile entry)
    {
        var id = IdOf(entry.Name, entry.Size, entry.ModifiedTicks);
        files.Write(id, entry);
        known[id] = entry;
        KeepSent(entry);
    }

    // A document has several entries where its file was touched: the one that knows most of what is filed counts.
    private void KeepSent(WatchedFile entry)
    {
        if (entry is { IsSent: true, FileId: { } document })
        {
            sent[document] = sent.TryGetValue(document, out var other) && other.Filed.Count > entry.Filed.Count ? other : entry;
        }
    }

    private static string IdOf(FileInfo file) => IdOf(file.Name, file.Length, file.LastWriteTimeUtc.Ticks);

    private static string IdOf(string name, long size, long modifiedTicks) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{size}\n{modifiedTicks}")))[..32];
}

/// <summary>The JSON of journals.</summary>
[JsonSerializable(typeof(WatchedFile))]
[JsonSerializable(typeof(WatchPosition))]
[JsonSerializable(typeof(CollectedDocument))]
internal sealed partial class WatchJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new WatchJson());
}
