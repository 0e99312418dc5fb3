using FairShare.Vault.Padding;
using FairShare.Vault.Streams;

namespace FairShare.Vault.Compression;

/// <summary>
/// Compresses what is written to it, and pads the result to a Padmé length with skippable frames. A pipe is marked by a skippable frame
/// before it, 5E 2A 4D 18, with the text <c>fairshare.vault.v1 pipe</c>; <c>zstd -d</c> passes over both.
/// </summary>
public sealed class PayloadWriter : WriteOnlyStream
{
    internal const uint MarkMagic = 0x184D2A5E;

    private readonly CountingStream destination;
    private readonly CompressingStream compressor;
    private bool completed;

    /// <summary>Begins a payload.</summary>
    /// <param name="destination">Takes the payload; stays open.</param>
    /// <param name="kind">What will be written.</param>
    /// <param name="compression">How.</param>
    public PayloadWriter(Stream destination, PayloadKind kind, VaultCompression compression)
    {
        this.destination = new CountingStream(destination);
        if (kind == PayloadKind.Pipe)
        {
            SkippableFrame.Write(this.destination, MarkMagic, PipeMark);
        }

        compressor = compression == VaultCompression.None ? new RawBlockWriter(this.destination) : new FrameWriter(this.destination);
    }

    internal static ReadOnlySpan<byte> PipeMark => "fairshare.vault.v1 pipe"u8;

    /// <summary>Bytes of payload so far, padding included once it is complete.</summary>
    public long PayloadLength => destination.Count;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => compressor.Write(buffer);

    /// <summary>Ends and pads the payload; a repeated call does nothing.</summary>
    public void Complete()
    {
        if (completed)
        {
            return;
        }

        completed = true;
        compressor.Complete();
        SkippableFrame.WritePadding(destination, PaddedLength.WithFrames(destination.Count) - destination.Count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!completed)
        {
            destination.Discard();
        }

        compressor.Dispose();
        base.Dispose(disposing);
    }
}
