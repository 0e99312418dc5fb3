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
}
