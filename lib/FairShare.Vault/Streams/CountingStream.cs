namespace FairShare.Vault.Streams;

/// <summary>Passes on what is written, and counts it, until it is told to discard the rest.</summary>
internal sealed class CountingStream(Stream destination) : WriteOnlyStream
{
    private bool discarding;

    /// <summary>Bytes written so far.</summary>
    public long Count { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!discarding)
        {
            destination.Write(buffer);
            Count += buffer.Length;
        }
    }

    /// <summary>Passes on nothing more: who writes has failed, and may still flush.</summary>
    public void Discard() => discarding = true;
}
