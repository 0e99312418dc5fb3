using FairShare.Vault.Packing;

namespace FairShare.Client.Transfers;

/// <summary>A file that must stay what it is while it is read: evidence of it would otherwise be of bytes that nobody has.</summary>
/// <param name="path">The file.</param>
internal sealed class StableFile(string path)
{
    // Whoever rewrites a file can set its modification time; which file it is, and when it was last changed at all, only the system says.
    private readonly (ulong Device, ulong Inode, DateTimeOffset Changed)? mark = Mark(path);

    /// <summary>The file as it was at first.</summary>
    public FileInfo Info { get; } = Look(path);

    /// <summary>When it was last changed in any way, UTC ticks; 0 where the system does not say.</summary>
    public long ChangedTicks => mark?.Changed.UtcTicks ?? 0;

    /// <summary>Does something with the file's bytes.</summary>
    /// <exception cref="TransferProblem"><c>file-changed</c>: it was changed or replaced meanwhile, whatever else went wrong.</exception>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            var result = await read().ConfigureAwait(false);
            return HasChanged() ? throw Changed(null) : result;
        }
        catch (Exception fault)
            when (fault is not OperationCanceledException and not TransferProblem { Code: TransferProblem.FileChanged } && HasChanged())
        {
            throw Changed(fault);
        }
    }

    private bool HasChanged()
    {
        var now = Look(Info.FullName);
        return !now.Exists || now.Length != Info.Length || now.LastWriteTimeUtc != Info.LastWriteTimeUtc || Mark(Info.FullName) != mark;
    }

    private TransferProblem Changed(Exception? fault) =>
        new(TransferProblem.FileChanged, 0, $"{Info.FullName} changed while it was read; nothing was signed.", fault);

    private static (ulong Device, ulong Inode, DateTimeOffset Changed)? Mark(string path)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = File.OpenHandle(path);
            var status = LinuxFileStatus.Read(file);
            return (status.Device, status.Inode, status.Changed);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What FileInfo says is what it saw when it was first asked.
    private static FileInfo Look(string path)
    {
        var file = new FileInfo(path);
        file.Refresh();
        return file;
    }
}
