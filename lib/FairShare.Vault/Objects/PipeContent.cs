using FairShare.Vault.Compression;

namespace FairShare.Vault.Objects;

/// <summary>A stream of unknown length as content; a note too. Nothing of it is kept on disk.</summary>
/// <param name="Source">Read once, to its end; left open.</param>
public sealed record PipeContent(Stream Source) : IVaultContent
{
    private const int BufferLength = 128 << 10;

    /// <summary>What the stream holds. Default: a pipe; an archive where one is passed on as it is.</summary>
    public PayloadKind Kind { get; init; } = PayloadKind.Pipe;

    /// <inheritdoc/>
    public long? LengthBound => null;

    /// <inheritdoc/>
    public void WriteTo(Stream destination, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        var done = 0L;
        while (Read(buffer, cancellationToken) is > 0 and var length)
        {
            destination.Write(buffer.AsSpan(0, length));
            progress?.Report(done += length);
        }
    }

    // A pipe may give nothing for as long as it likes: who cancels does not wait for it.
    private int Read(byte[] buffer, CancellationToken cancellationToken) =>
        Source.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken).GetAwaiter().GetResult();
}
