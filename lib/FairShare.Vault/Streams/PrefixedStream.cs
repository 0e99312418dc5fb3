namespace FairShare.Vault.Streams;

/// <summary>Gives bytes that were read ahead, and then the rest.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> pending = prefix;

    public override int Read(Span<byte> buffer)
    {
        if (pending.IsEmpty)
        {
            return rest.Read(buffer);
        }

        var length = Math.Min(buffer.Length, pending.Length);
        pending.Span[..length].CopyTo(buffer);
        pending = pending[length..];
        return length;
    }
}
