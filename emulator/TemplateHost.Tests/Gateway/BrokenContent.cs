using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Connections;

namespace TemplateHost.Tests.Gateway;

/// <summary>A body that breaks off after its first octets, as the server sees it when the client's connection is reset.</summary>
internal sealed class BrokenContent : HttpContent
{
    public BrokenContent(MediaTypeHeaderValue? type) => Headers.ContentType = type;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        throw new ConnectionResetException("The connection was reset.");

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new BrokenStream());

    protected override bool TryComputeLength(out long length)
    {
        length = 1000;
        return true;
    }

    private sealed class BrokenStream : MemoryStream
    {
        private bool began;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (began)
            {
                throw new ConnectionResetException("The connection was reset.");
            }

            began = true;
            buffer.Span[..10].Fill((byte)' ');
            return ValueTask.FromResult(10);
        }
    }
}
