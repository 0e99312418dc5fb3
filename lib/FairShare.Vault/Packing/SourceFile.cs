using FairShare.Vault.Archive;
using FairShare.Vault.Streams;

namespace FairShare.Vault.Packing;

/// <summary>
/// A file while it is packed. Its length is what the archive's header says of it: a file that has become shorter, longer or newer since is
/// refused, so that no mixture of two versions is stored.
/// </summary>
internal sealed class SourceFile : ReadOnlyStream
{
    private readonly SourceNode node;
    private readonly FileStream file;
    private readonly CancellationToken cancellationToken;
    private long position;

    public SourceFile(SourceNode node, CancellationToken cancellationToken)
    {
        (this.node, this.cancellationToken) = (node, cancellationToken);
        try
        {
            file = new FileStream(node.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw ArchiveException.Of(ArchiveFault.Source, "A file is gone or cannot be read.", node.FullPath);
        }
    }

    public override bool CanSeek => true;

    public override long Length => node.Size;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wanted = (int)Math.Min(buffer.Length, node.Size - position);
        var length = file.Read(buffer[..wanted]);
        position += length;
        return length > 0 || wanted == 0 ? length : throw Changed();
    }

    /// <summary>Refuses a file that is not what it was when the tree was listed.</summary>
    public void RequireUnchanged()
    {
        if (position != node.Size || file.Length != node.Size || File.GetLastWriteTimeUtc(file.SafeFileHandle) != node.Modified.UtcDateTime)
        {
            throw Changed();
        }
    }

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }

    private ArchiveException Changed() =>
        ArchiveException.Of(ArchiveFault.Source, "A file changed while it was read; nothing of it is stored.", node.FullPath);
}
