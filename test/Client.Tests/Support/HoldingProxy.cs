using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Support;

/// <summary>
/// An HTTP proxy between a process and all that it calls, which it is told of by <c>http_proxy</c>. One request of those that come is held
/// for ever: before it goes on, or when its answer has come.
/// </summary>
/// <param name="isWanted">Which request is held, the first of them: by its number, from 1, and its method and path.</param>
/// <param name="goesOn">Whether it is held only when its answer has come.</param>
internal sealed class HoldingProxy(Func<int, string, bool> isWanted, bool goesOn) : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly TaskCompletionSource<string> held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource ending = new();
    private LocalServer server = null!;
    private int count;
    private int isHolding;

    public string Url => server.Url;

    /// <summary>The request that is held, once it is.</summary>
    public Task<string> Held => held.Task;

    public static Task<HoldingProxy> StartAsync(int number, bool goesOn) => StartAsync((count, _) => count == number, goesOn);

    private static async Task<HoldingProxy> StartAsync(Func<int, string, bool> isWanted, bool goesOn)
    {
        var proxy = new HoldingProxy(isWanted, goesOn);
        proxy.server = await LocalServer.StartAsync(proxy.ForwardAsync);
        return proxy;
    }

    /// <summary>Kills a command at one of its requests.</summary>
    /// <returns>The request; null where the command ended before.</returns>
    public static Task<string?> KillAsync(BuiltCommand person, int number, bool goesOn, string[] arguments) =>
        KillAsync(person, (count, _) => count == number, goesOn, arguments);

    /// <summary>The same at the first request whose method and path are such.</summary>
    public static async Task<string?> KillAsync(BuiltCommand person, Func<int, string, bool> isWanted, bool goesOn, string[] arguments)
    {
        await using var proxy = await StartAsync(isWanted, goesOn);
        using var process = person.With("http_proxy", proxy.Url).Start(arguments);
        var ended = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(proxy.Held, ended) == ended)
        {
            Assert.True(process.ExitCode == 0, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            return null;
        }

        process.Kill();
        await ended;
        return await proxy.Held;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await server.DisposeAsync();
        http.Dispose();
        ending.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var isHeld = isWanted(Interlocked.Increment(ref count), StepOf(context)) && Interlocked.Exchange(ref isHolding, 1) == 0;
        if (isHeld && !goesOn)
        {
            await HoldAsync(context);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, ending.Token);
        using var response = await http.SendAsync(RequestOf(context.Request, body.ToArray()), ending.Token);
        var answer = await response.Content.ReadAsByteArrayAsync(ending.Token);
        if (isHeld)
        {
            await HoldAsync(context);
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (answer.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer, ending.Token);
        }
    }

    private static HttpRequestMessage RequestOf(HttpRequest asked, byte[] body)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(asked.Method),
            $"http://{asked.Host}{asked.Path.ToUriComponent()}{asked.QueryString}"
        );
        if (body.Length > 0 || asked.ContentLength is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, values) in asked.Headers)
        {
            _ =
                request.Headers.TryAddWithoutValidation(name, values.ToArray())
                || request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray()) == true;
        }

        return request;
    }

    private static string StepOf(HttpContext context) => $"{context.Request.Method} {context.Request.Path}";

    private async Task HoldAsync(HttpContext context)
    {
        held.TrySetResult(StepOf(context));
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
