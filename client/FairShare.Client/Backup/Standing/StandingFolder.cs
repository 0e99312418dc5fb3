using System.Text.Json;
using FairShare.Client.Files;
using FairShare.Client.Profiles;
using FairShare.Contracts;

namespace FairShare.Client.Backup.Standing;

/// <summary>The notes of standing work in a profile, a file each. Who reads one may withdraw the work.</summary>
/// <param name="profile">The profile.</param>
public sealed class StandingFolder(Profile profile)
{
    private static readonly JsonSerializerOptions Lenient = ContractJson.LenientOf(new StandingNoteJson());

    private readonly string folder = Path.Combine(profile.Folder, "backups", "standing");

    /// <summary>All notes, the oldest first.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public IReadOnlyList<StandingNote> Notes =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Select(Read).OrderBy(note => note.GivenAt).ThenBy(note => note.Id)]
            : [];

    /// <summary>Notes work, in place of what was noted of it.</summary>
    public void Keep(StandingNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        PrivateFile.Write(PathOf(note.Id), JsonSerializer.SerializeToUtf8Bytes(note, Lenient.TypeOf<StandingNote>()));
    }

    /// <summary>Forgets work.</summary>
    public void Forget(string id) => File.Delete(PathOf(id));

    private string PathOf(string id) => Path.Combine(folder, $"{id}.json");

    private static StandingNote Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(JsonFile.Read(path), Lenient.TypeOf<StandingNote>())
                ?? throw new InvalidDataException($"{path} is damaged.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{path} is damaged.");
        }
    }
}
