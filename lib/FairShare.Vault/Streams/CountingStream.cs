namespace FairShare.Vault.Streams;

/// <summary>Passes on what is written, and counts it.</summary>
internal sealed class CountingStream(Stream destination) : WriteOnlyStream
{
    /// <summary>Bytes written so far.</summary>
    public long Count { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        destination.Write(buffer);
        Count += buffer.Length;
    }
}
