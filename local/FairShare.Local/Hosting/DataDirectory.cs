namespace FairShare.Local.Hosting;

/// <summary>The directory that one host holds: its database, its blobs, and a lock against a second host.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly string path;
    private readonly bool temporary;
    private readonly FileStream held;

    /// <exception cref="IOException">Another host holds the directory.</exception>
    public DataDirectory(string? given)
    {
        temporary = given is null;
        path = given ?? Directory.CreateTempSubdirectory("fairshare-").FullName;
        Directory.CreateDirectory(path);
        held = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public string Database => Path.Combine(path, "fairshare.db");

    public string Blobs => Path.Combine(path, "blobs");

    public void Dispose()
    {
        held.Dispose();
        if (temporary)
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
