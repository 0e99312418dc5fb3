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
        OwnerOnly.CreateFolder(path);
        held = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        OwnerOnly.CreateFile(Database);
        OwnerOnly.CreateFolder(Blobs);
    }

    public string Database => Path.Combine(path, "fairshare.db");

    /// <summary>Where the administrator's credentials stand, for the AWS CLI.</summary>
    public string Credentials => Path.Combine(path, "root-credentials");

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
