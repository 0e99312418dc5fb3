using FairShare.Vault.Streams;

namespace FairShare.Vault.Tests.Support;

/// <summary>Gives some bytes, and then fails as a connection does.</summary>
internal sealed class FailingStream(byte[] bytes) : ReadOnlyStream
{
    public const string Message = "The connection was reset.";

    private readonly MemoryStream source = new(bytes);

    public override int Read(Span<byte> buffer) => source.Read(buffer) is > 0 and var length ? length : throw new IOException(Message);
}
