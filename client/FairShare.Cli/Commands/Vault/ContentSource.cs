using FairShare.Cli.Output;
using FairShare.Cli.Sources;
using FairShare.Client.Vault.Items;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;

namespace FairShare.Cli.Commands.Vault;

/// <summary>What is to be stored.</summary>
/// <param name="Content">The content.</param>
/// <param name="Name">What the catalogue calls it, where no other name is given.</param>
/// <param name="Source">The path that it can be read from again; null where there is none.</param>
internal sealed record ContentSource(IVaultContent Content, string Name, string? Source)
{
    private const string StandardInput = "-";
    private static readonly string[] ReadOnce = ["/dev/", "/proc/"];

    /// <summary>Opens a path: a file, a folder, a pipe, or <c>-</c>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="limit">The most bytes that are taken of what tells no length.</param>
    /// <exception cref="CommandException"><c>file-not-found</c>, <c>file-not-readable</c>.</exception>
    /// <exception cref="FairShare.Vault.Archive.ArchiveException">The tree cannot be stored so that it can be fetched again.</exception>
    public static ContentSource Open(string path, long limit)
    {
        if (path == StandardInput)
        {
            return Pipe(Input.OpenStandard(), "(standard input)", limit);
        }

        var full = Path.GetFullPath(path);
        if (!Directory.Exists(full) && OpenPipe(path, full) is { } pipe)
        {
            return Pipe(pipe, full, limit);
        }

        return new(new TreeContent(SourceTree.List(full)), full, full);
    }

    private static ContentSource Pipe(Stream stream, string name, long limit) =>
        new(new PipeContent(new LimitedStream(stream, limit)), name, null);

    // A pipe or a device; null for a file, which can be read again.
    private static FileStream? OpenPipe(string given, string full)
    {
        if (!File.Exists(full))
        {
            throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{given} is not there.", "Give another path.");
        }

        var stream = Input.Open(full);
        if (!stream.CanSeek || Array.Exists(ReadOnce, folder => full.StartsWith(folder, StringComparison.Ordinal)))
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }
}
