using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FairShare.Client.Files;

namespace FairShare.Client.Watching;

/// <summary>Entries in a folder, each a file of its own, written whole or not at all: what is read after a crash was true once.</summary>
/// <typeparam name="T">An entry.</typeparam>
/// <param name="folder">The folder; made when first written to.</param>
/// <param name="type">How an entry is read and written.</param>
internal sealed class JournalFolder<T>(string folder, JsonTypeInfo<T> type)
    where T : class
{
    private const string Extension = ".json";

    /// <summary>All entries.</summary>
    /// <exception cref="DamagedFileProblem">One of them is damaged.</exception>
    public IEnumerable<T> ReadAll() =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Extension).Select(ReadFile).OfType<T>() : [];

    /// <summary>An entry by its name; null where there is none.</summary>
    /// <exception cref="DamagedFileProblem">It is damaged.</exception>
    public T? Read(string name) => File.Exists(PathOf(name)) ? ReadFile(PathOf(name)) : null;

    /// <summary>Writes an entry in the place of what was there.</summary>
    public void Write(string name, T entry) => PrivateFile.Write(PathOf(name), JsonSerializer.SerializeToUtf8Bytes(entry, type));

    private string PathOf(string name) => Path.Combine(folder, name + Extension);

    private T? ReadFile(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(JsonFile.Read(path), type);
        }
        catch (JsonException)
        {
            throw new DamagedFileProblem(path, "Put it back from a copy. If you move it away, what it was about may be done again.");
        }
    }
}
