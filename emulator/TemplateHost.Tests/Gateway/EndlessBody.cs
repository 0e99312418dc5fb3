using System.Net;

namespace TemplateHost.Tests.Gateway;

/// <summary>A large body of zeros that is made while it is sent, and counts what was taken of it.</summary>
internal sealed class EndlessBody(long length, bool isDeclared) : HttpContent
{
    private long sent;

    public long Sent => Interlocked.Read(ref sent);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var block = new byte[1 << 16];
        while (Sent < length)
        {
            var count = (int)Math.Min(block.Length, length - Sent);
            await stream.WriteAsync(block.AsMemory(0, count), cancellationToken);
            Interlocked.Add(ref sent, count);
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = isDeclared ? length : 0;
        return isDeclared;
    }
}
