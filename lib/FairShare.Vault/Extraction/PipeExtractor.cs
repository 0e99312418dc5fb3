using FairShare.Core.Identifiers;
using FairShare.Vault.Archive;

namespace FairShare.Vault.Extraction;

/// <summary>Writes the bytes of a pipe to a new file, which gets its name when the last of them was found genuine.</summary>
/// <param name="randomness">Names the fresh folder.</param>
public sealed class PipeExtractor(IRandomness randomness)
{
    private const int BufferLength = 128 << 10;

    /// <summary>Writes the file.</summary>
    /// <param name="content">The bytes; read to their end.</param>
    /// <param name="path">The new file's path; its folder is made where there is none.</param>
    /// <param name="cancellationToken">Ends the writing with an exception, as any fault does: nothing stays.</param>
    /// <returns>How many bytes.</returns>
    /// <exception cref="ArchiveException">
    /// <see cref="ArchiveFault.TargetExists"/>, <see cref="ArchiveFault.NoSpace"/>, <see cref="ArchiveFault.Target"/>.
    /// </exception>
    public long Extract(Stream content, string path, CancellationToken cancellationToken = default)
    {
        var full = Path.GetFullPath(path);
        var name = Path.GetFileName(full);
        var length = 0L;
        using var source = new BudgetedStream(content, cancellationToken);
        WriteFaults.NameAll(
            path,
            () =>
            {
                using var fresh = new FreshFolder(Path.GetDirectoryName(full)!, randomness);
                using (var file = new FileStream(fresh.Inside(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
                {
                    var buffer = new byte[BufferLength];
                    while (source.Read(buffer) is > 0 and var read)
                    {
                        file.Write(buffer.AsSpan(0, read));
                        length += read;
                    }
                }

                fresh.Publish([name]);
            }
        );
        return length;
    }
}
