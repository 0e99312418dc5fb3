using FairShare.Cli.Output;

namespace FairShare.Cli.Demo;

/// <summary>The folders of a demonstration: temporary ones that go with it, and the one that the user named, which stays.</summary>
internal sealed class DemoFolders : IDisposable
{
    /// <summary>The bundle of the evidence, in the same folder.</summary>
    public const string Bundle = "bundle.zip";

    private readonly DirectoryInfo temporary = MakeTemporary();

    /// <param name="given">Where the evidence and the received file go; null keeps nothing.</param>
    /// <exception cref="CommandException">The folder holds something already.</exception>
    public DemoFolders(string? given)
    {
        Out = given is null ? Path.Combine(temporary.FullName, "out") : Path.GetFullPath(given);
        if (Directory.Exists(Out) && Directory.EnumerateFileSystemEntries(Out).Any())
        {
            temporary.Delete();
            throw new CommandException(ExitCode.LocalFile, "folder-not-empty", $"{Out} is not empty.", "Give another folder with --out.");
        }
    }

    /// <summary>Where the evidence and the received file go.</summary>
    public string Out { get; }

    /// <summary>The same of a second exchange.</summary>
    public string Next => Path.Combine(temporary.FullName, "next");

    public string Data => Path.Combine(temporary.FullName, "host");

    public string Profile(string name) => Path.Combine(temporary.FullName, name);

    /// <summary>Makes a document to exchange.</summary>
    public string MakeSample(string name, DateTimeOffset now)
    {
        var path = Path.Combine(temporary.FullName, name);
        File.WriteAllText(
            path,
            $"""
            Agreement of {now:yyyy-MM-dd}

            Alice delivers this document; Bob receipts it before he can read it.
            Neither has the other's signature without having given their own.

            """.ReplaceLineEndings("\n")
        );
        return path;
    }

    /// <summary>Makes a folder to store: a few files, a link, an empty folder.</summary>
    public string MakeSampleFolder(string name, DateTimeOffset now)
    {
        var root = Path.Combine(temporary.FullName, name);
        Directory.CreateDirectory(Path.Combine(root, "empty"));
        for (var number = 1; number <= 3; number++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, $"album {number}")).FullName;
            File.WriteAllText(Path.Combine(folder, "title.txt"), $"Album {number}, made at {now:O}\n");
            File.WriteAllBytes(Path.Combine(folder, "picture.bin"), Noise(number * 200_000));
        }

        File.CreateSymbolicLink(Path.Combine(root, "latest"), "album 3");
        return root;
    }

    /// <summary>Makes a file of 100 kB that cannot be compressed.</summary>
    public string MakeNoise(string name)
    {
        var path = Path.Combine(temporary.FullName, name);
        File.WriteAllBytes(path, Noise(100_000));
        return path;
    }

    private static byte[] Noise(int length) => System.Security.Cryptography.RandomNumberGenerator.GetBytes(length);

    private static DirectoryInfo MakeTemporary()
    {
        try
        {
            return Directory.CreateTempSubdirectory("fairshare-demo-");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "no-temporary-folder",
                $"No folder can be made in {Path.GetTempPath()}: {fault.Message}",
                "Set TMPDIR to a folder that may be written."
            );
        }
    }

    public void Dispose() => temporary.Delete(recursive: true);
}
