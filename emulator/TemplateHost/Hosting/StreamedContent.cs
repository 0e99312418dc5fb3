using System.IO.Pipelines;
using System.Net;

namespace TemplateHost.Hosting;

/// <summary>A response body that is written while it is read, through a small buffer.</summary>
internal sealed class StreamedContent(Func<Stream, CancellationToken, Task> write) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream, CancellationToken.None);

    protected override Task<Stream> CreateContentReadStreamAsync()
    {
        var pipe = new Pipe();
        _ = PumpAsync(pipe.Writer);
        return Task.FromResult(pipe.Reader.AsStream());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task PumpAsync(PipeWriter writer)
    {
        try
        {
            await write(writer.AsStream(leaveOpen: true), CancellationToken.None);
            await writer.CompleteAsync();
        }
#pragma warning disable CA1031 // The reader gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await writer.CompleteAsync(exception);
        }
    }
}
