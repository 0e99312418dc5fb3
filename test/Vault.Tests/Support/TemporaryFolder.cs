namespace FairShare.Vault.Tests.Support;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vault-tests-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Dispose()
    {
        // Folders of the tests may have modes that keep their content from being removed.
        if (!OperatingSystem.IsWindows())
        {
            foreach (var folder in Directory.EnumerateDirectories(Path, "*", SearchOption.TopDirectoryOnly))
            {
                Unlock(new DirectoryInfo(folder));
            }
        }

        Directory.Delete(Path, recursive: true);
    }

    private static void Unlock(DirectoryInfo folder)
    {
        if (folder.LinkTarget is null && !OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Array.ForEach(folder.GetDirectories(), Unlock);
        }
    }
}
