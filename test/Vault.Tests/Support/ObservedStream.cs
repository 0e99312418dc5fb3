using FairShare.Vault.Streams;

namespace FairShare.Vault.Tests.Support;

/// <summary>Gives bytes, and calls back before each read.</summary>
internal sealed class ObservedStream(byte[] bytes, Action beforeRead) : ReadOnlyStream
{
    private readonly MemoryStream source = new(bytes);

    public override int Read(Span<byte> buffer)
    {
        beforeRead();
        return source.Read(buffer);
    }
}
