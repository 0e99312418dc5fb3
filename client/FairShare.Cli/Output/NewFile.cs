using FairShare.Client.Files;

namespace FairShare.Cli.Output;

/// <summary>The path of a file that a command will write, at which nothing may be yet.</summary>
internal static class NewFile
{
    /// <summary>Passes a path at which nothing is.</summary>
    /// <exception cref="CommandException"><c>file-in-the-way</c>: nothing was written.</exception>
    public static string Require(string path) =>
        Path.Exists(path) || new FileInfo(path).LinkTarget is not null
            ? throw new CommandException(
                ExitCode.LocalFile,
                "file-in-the-way",
                $"{path} exists already, and is left as it is.",
                "Move it away, or give another name with --out."
            )
            : path;

    /// <summary>Writes a file at a path at which nothing is, for its owner alone; whatever came there meanwhile is left as it is.</summary>
    /// <exception cref="CommandException"><c>file-in-the-way</c>: nothing was written.</exception>
    public static async Task WriteAsync(string path, string content, CancellationToken cancellationToken)
    {
        await using var writer = Create(path);
        await writer.WriteAsync(content.AsMemory(), cancellationToken);
    }

    /// <summary>The same; the content comes later.</summary>
    /// <exception cref="CommandException"><c>file-in-the-way</c>: nothing was written.</exception>
    public static StreamWriter Create(string path)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new StreamWriter(PrivateFile.Create(Require(path)));
    }
}
