using System.Net;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Support;

/// <summary>
/// An HTTP proxy between a process and all that it calls, which it is told of by <c>http_proxy</c>. A body through it, either way, stops
/// after some bytes until the test has seen to it.
/// </summary>
public sealed class StallingProxy : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly TaskCompletionSource stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource cutting = new();
    private LocalServer server = null!;

    private StallingProxy(long after) => After = after;

    /// <summary>The proxy's address.</summary>
    public string Url => server.Url;

    /// <summary>When a download has stopped.</summary>
    public Task Stalled => stalled.Task;

    private long After { get; }

    /// <summary>Starts one.</summary>
    /// <param name="after">How many bytes of each body come through before it stops.</param>
    public static async Task<StallingProxy> StartAsync(long after)
    {
        var proxy = new StallingProxy(after);
        proxy.server = await LocalServer.StartAsync(proxy.ForwardAsync);
        return proxy;
    }

    /// <summary>Lets everything through from now on.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>Cuts every connection, and takes no more.</summary>
    public async Task CutAsync()
    {
        await cutting.CancelAsync();
        await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await server.DisposeAsync();
        http.Dispose();
        cutting.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var (asked, answer) = (context.Request, context.Response);
        using var request = new HttpRequestMessage(
            new HttpMethod(asked.Method),
            $"http://{asked.Host}{asked.Path.ToUriComponent()}{asked.QueryString}"
        );
        if (asked.ContentLength > 0)
        {
            request.Content = new StallingContent(asked.Body, this);
        }

        foreach (var (name, values) in asked.Headers)
        {
            _ =
                request.Headers.TryAddWithoutValidation(name, values.ToArray())
                || request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray()) == true;
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        answer.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                answer.Headers[name] = values.ToArray();
            }
        }

        if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
        {
            try
            {
                await CopyAsync(await response.Content.ReadAsStreamAsync(context.RequestAborted), answer.Body, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                context.Abort();
            }
        }
    }

    private async Task CopyAsync(Stream from, Stream to, CancellationToken stop)
    {
        var buffer = new byte[1 << 16];
        var total = 0L;
        int count;
        while ((count = await from.ReadAsync(buffer, stop)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), stop);
            await to.FlushAsync(stop);
            total += count;
            if (total >= After && !released.Task.IsCompleted)
            {
                stalled.TrySetResult();
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cutting.Token);
                await released.Task.WaitAsync(either.Token);
            }
        }
    }

    private sealed class StallingContent(Stream body, StallingProxy proxy) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            proxy.CopyAsync(body, stream, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
