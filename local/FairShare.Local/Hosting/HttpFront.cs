using System.Net;
using FairShare.Local.Gateway;
using FairShare.Local.Gateway.Faults;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FairShare.Local.Hosting;

/// <summary>One loopback port: Kestrel alone, with none of ASP.NET's routing before it, so that paths arrive as they were sent.</summary>
internal sealed class HttpFront(Func<WireRequest, CancellationToken, Task<AwsResponse>> handle) : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private KestrelServer? server;

    /// <summary>Listens; port 0 takes a free one.</summary>
    /// <returns>The address, for example <c>http://127.0.0.1:4566</c>.</returns>
    public async Task<string> ListenAsync(int port, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        await server.StartAsync(this, cancellationToken);
        return server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        AwsResponse response;
        try
        {
            response = await handle(Read(context), context.RequestAborted);
        }
        catch (ConnectionCutException)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = response.Status;
        if (response.Status >= 400 && context.Request.Headers.Expect.Count > 0)
        {
            // A client that waits for leave to send its body, and is refused, will not send it: nothing is left to wait for on this connection.
            context.Response.Headers.Connection = "close";
        }

        foreach (var (name, value) in response.AllHeaders)
        {
            context.Response.Headers.Append(name, value);
        }

        if (response.WriteBody is { } write)
        {
            await write(context.Response.Body, context.RequestAborted);
        }
        else if (MayHaveBody(context, response))
        {
            context.Response.ContentLength ??= response.Body.Length;
            await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await server.StopAsync(impatient.Token);
            server.Dispose();
        }
    }

    private static bool MayHaveBody(HttpContext context, AwsResponse response) =>
        response.Status is not (204 or 304) && !HttpMethods.IsHead(context.Request.Method);

    private static WireRequest Read(HttpContext context) => new(
        context.Request.Method,
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        context.Request.Headers.ToDictionary(
            header => header.Key, header => string.Join(',', header.Value.ToArray()), StringComparer.OrdinalIgnoreCase),
        context.Request.Body,
        context.Request.ContentLength,
        context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1",
        context.Request.Protocol);
}
