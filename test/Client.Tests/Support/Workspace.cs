namespace FairShare.Client.Tests.Support;

/// <summary>A temporary folder of one test.</summary>
public sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-test-");

    public string Path => folder.FullName;

    public string At(params string[] parts) => System.IO.Path.Combine([folder.FullName, .. parts]);

    /// <summary>A file of this many bytes, the same for the same seed.</summary>
    public string MakeFile(string name, int size, int seed = 1)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
