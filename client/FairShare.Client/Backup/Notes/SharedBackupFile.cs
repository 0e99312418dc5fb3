using System.Text.Json;
using FairShare.Client.Files;
using FairShare.Contracts;

namespace FairShare.Client.Backup.Notes;

/// <summary>The file by which an owner lets another know a backup. There is nothing secret in it.</summary>
public static class SharedBackupFile
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, SharedBackup shared) =>
        PrivateFile.Write(Path.GetFullPath(path), JsonSerializer.SerializeToUtf8Bytes(shared, NotesJson.Lenient.TypeOf<SharedBackup>()));

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static SharedBackup Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(JsonFile.Read(path), NotesJson.Lenient.TypeOf<SharedBackup>())
                ?? throw new InvalidDataException($"{path} is no shared backup.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{path} is no shared backup.");
        }
    }
}
