using System.Security.Cryptography;
using System.Text;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>What a profile keeps of a watched folder, held by one process at a time.</summary>
internal sealed class WatchLock : IDisposable
{
    private readonly FileStream held;

    private WatchLock(string folder, FileStream held) => (Folder, this.held) = (folder, held);

    /// <summary>Where the journal is.</summary>
    public string Folder { get; }

    /// <summary>Takes it.</summary>
    /// <param name="context">The command's.</param>
    /// <param name="kind">What is watched for.</param>
    /// <param name="watched">The watched folder.</param>
    /// <exception cref="CommandException"><c>already-watched</c>: by another process.</exception>
    public static WatchLock Take(CommandContext context, string kind, string watched)
    {
        var path = RealPath(Path.GetFullPath(watched));
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32];
        var folder = Path.Combine(context.Profile.Folder, "watches", $"{kind}-{name}");
        context.Profile.RequireWritable();
        Directory.CreateDirectory(folder);
        try
        {
            var file = Path.Combine(folder, "lock");
            return new WatchLock(folder, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "already-watched",
                $"Another command of this profile watches {watched}.",
                "Stop it first, or give another folder."
            );
        }
    }

    public void Dispose() => held.Dispose();

    // One folder, with or without a separator at its end, by whatever links it is reached.
    private static string RealPath(string path)
    {
        var name = Path.TrimEndingDirectorySeparator(path);
        if (Path.GetDirectoryName(name) is not { } parent)
        {
            return name;
        }

        var full = Path.Combine(RealPath(parent), Path.GetFileName(name));
        var target = new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        return target is null ? full : RealPath(target);
    }
}
