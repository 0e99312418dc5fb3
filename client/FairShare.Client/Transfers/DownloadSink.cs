using System.Buffers;
using FairShare.Client.Files;
using FairShare.Core.Digests;

namespace FairShare.Client.Transfers;

/// <summary>What came of a document so far, with the digest of it; the file stays its place's.</summary>
internal sealed class DownloadSink : IDisposable
{
    private const int BufferLength = 1 << 20;

    private readonly DownloadOrder order;
    private readonly Action<TransferProgress>? progress;
    private readonly FileStream file;
    private DocumentHasher hasher;

    private DownloadSink(DownloadOrder order, Action<TransferProgress>? progress)
    {
        this.order = order;
        this.progress = progress;
        hasher = new DocumentHasher(order.Digest.PartSize);
        file = order.Place.File;
        file.Position = 0;
    }

    /// <summary>Bytes that are in the file and in the digest.</summary>
    public long Length => hasher.Length;

    /// <summary>Opens the file, and reads what an earlier run left in it.</summary>
    public static async Task<DownloadSink> OpenAsync(
        DownloadOrder order,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var sink = new DownloadSink(order, progress);
        try
        {
            await sink.TakeUpAsync(cancellationToken).ConfigureAwait(false);
            return sink;
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="TransferProblem"><c>size-mismatch</c>: more than the evidence says.</exception>
    /// <exception cref="FolderProblem">The file cannot be written: not a fault of the way, so it is not repeated.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (Length + bytes.Length > order.Size)
        {
            StartOver();
            throw new TransferProblem("size-mismatch", 0, "The object store sent more bytes than the evidence says there are.");
        }

        try
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new FolderProblem(Path.GetDirectoryName(file.Name)!, fault);
        }

        Count(bytes.Span);
    }

    /// <summary>Forgets everything received.</summary>
    public void StartOver()
    {
        file.SetLength(0);
        hasher.Dispose();
        hasher = new DocumentHasher(order.Digest.PartSize);
    }

    /// <summary>Makes the file durable when it is what the evidence describes; empties it when it is not.</summary>
    public bool Finish()
    {
        var matches = hasher.Finish() == order.Digest;
        if (matches)
        {
            file.Flush(flushToDisk: true);
        }
        else
        {
            StartOver();
        }

        return matches;
    }

    public void Dispose() => hasher.Dispose();

    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        if (file.Length > order.Size)
        {
            file.SetLength(0);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int count;
            while ((count = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                Count(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        hasher.Append(bytes);
        progress?.Invoke(new TransferProgress(TransferPhase.Downloading, Length, order.Size));
    }
}
