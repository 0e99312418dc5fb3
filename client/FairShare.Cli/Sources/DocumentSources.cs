using FairShare.Cli.Output;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Archive;
using FairShare.Vault.Packing;

namespace FairShare.Cli.Sources;

/// <summary>
/// Makes documents of what <c>put</c> is given: files as they are; standard input (<c>-</c>), pipes and devices as copies; folders as
/// archives. A name is composed as documents' names must be, and that is said.
/// </summary>
/// <param name="spool">Takes copies.</param>
internal sealed class DocumentSources(Spool spool)
{
    private const string StandardInput = "-";
    private static readonly string[] Nameless = ["/dev/", "/proc/"];

    /// <summary>Reads one argument.</summary>
    /// <param name="given">A path, or <c>-</c>.</param>
    /// <param name="name">The document's name; null for the file's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">It cannot be read, is endless, or has no name of its own.</exception>
    public async Task<DocumentSource> ReadAsync(string given, string? name, CancellationToken cancellationToken)
    {
        if (given == StandardInput)
        {
            return await CopyAsync(Input.OpenStandard(), given, RequireName(given, name), cancellationToken);
        }

        if (Directory.Exists(given))
        {
            return await ArchiveAsync(Path.GetFullPath(given), name, cancellationToken);
        }

        if (!File.Exists(given))
        {
            throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{given} is not a file.", "Give another path.");
        }

        // A pipe opens when somebody writes to it; Ctrl-C does not wait for that.
        var stream = await Task.Run(() => Input.Open(given), cancellationToken).WaitAsync(cancellationToken);
        await using (stream)
        {
            // What tells no length is a pipe or a device, or empty: it is read to its end to know.
            return stream.CanSeek && stream.Length > 0
                ? Named(given, name ?? NameOf(given), isTemporary: false)
                : await CopyAsync(stream, given, RequireName(given, name), cancellationToken);
        }
    }

    private async Task<DocumentSource> CopyAsync(Stream stream, string given, string name, CancellationToken cancellationToken)
    {
        // The name is looked at first: a pipe can be read only once.
        var named = Named(given, name, isTemporary: false);
        return named with { Path = await spool.CopyAsync(stream, cancellationToken), IsTemporary = true };
    }

    private async Task<DocumentSource> ArchiveAsync(string folder, string? name, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(folder) is null)
        {
            throw new CommandException(
                ExitCode.Usage,
                "root-folder",
                $"{folder} is the root of a file system, and goes as no archive.",
                "Nothing was sent. Give folders or files in it."
            );
        }

        var named = Named(folder, name ?? RequireName(folder, null) + ".tar", isTemporary: false);
        var archive = await PackAsync(folder, cancellationToken);
        var said = $"{folder} is a folder: it goes as one archive, {named.Name}.";
        return named with { Path = archive, IsTemporary = true, Said = named.Said is null ? said : $"{said} {named.Said}" };
    }

    // What no archive can take, links that lead out among it, is found before the first byte is written.
    private async Task<string> PackAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var tree = SourceTree.List(folder);
            return await spool.WriteAsync(stream =>
                Task.Run(() => tree.WriteTo(stream, cancellationToken: cancellationToken), cancellationToken)
            );
        }
        catch (ArchiveException fault)
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "folder-not-archivable",
                $"{folder} cannot go as an archive because of {RefusedText.Of(Within(folder, fault.Name))}: {WhyNot(fault)}",
                "Nothing was sent. Move that away, or give the files one by one."
            );
        }
    }

    // Such a name is read with this character in it, and so leads nowhere.
    private static string WhyNot(ArchiveException fault) =>
        fault.Name?.Contains('\uFFFD', StringComparison.Ordinal) == true ? "Its name is not UTF-8." : fault.Message;

    private static string Within(string folder, string? path) =>
        path is null ? Path.GetFileName(folder)
        : Path.IsPathRooted(path) ? Path.GetRelativePath(Path.GetDirectoryName(folder)!, path)
        : path;

    private static DocumentSource Named(string path, string name, bool isTemporary)
    {
        var composed = DocumentName.Compose(name);
        var said = composed == name ? null : $"The name is written in composed characters (Unicode form C): {composed}.";
        return new DocumentSource(path, DocumentName.Parse(composed), said, isTemporary);
    }

    private static string RequireName(string given, string? name) =>
        name
        ?? (
            given != StandardInput
            && NameOf(given).Length > 0
            && !Nameless.Any(folder => Path.GetFullPath(given).StartsWith(folder, StringComparison.Ordinal))
                ? NameOf(given)
                : throw new CommandException(
                    ExitCode.Usage,
                    "no-name",
                    $"What comes from {given} has no name of its own.",
                    "Give the document's name with --name."
                )
        );

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
