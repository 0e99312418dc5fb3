using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TemplateHost.Gateway.Faults;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>One loopback port: Kestrel alone, with none of ASP.NET's routing before it, so that paths arrive as they were sent.</summary>
internal sealed class HttpFront(Func<WireRequest, CancellationToken, Task<AwsResponse>> handle, TimeSpan idle)
    : IHttpApplication<HttpContext>,
        IAsyncDisposable
{
    /// <summary>Octets a second that a client must at least take, once the idle time is over.</summary>
    private const double SlowestReader = 240;

    /// <summary>Twice what SQS lets a consumer wait for messages, so that no request of a client's is idle.</summary>
    public static readonly TimeSpan UsualIdle = TimeSpan.FromSeconds(60);

    private KestrelServer? server;

    /// <summary>Listens; port 0 takes a free one.</summary>
    /// <exception cref="IOException">There is no such port, it is taken, or this user may not have it.</exception>
    /// <returns>The address, for example <c>http://127.0.0.1:4566</c>.</returns>
    public async Task<string> ListenAsync(int port, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        // What a client stored in a header must come back in one: as UTF-8, in which it was read.
        options.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = new MinDataRate(SlowestReader, idle);
        options.Limits.KeepAliveTimeout = idle;
        options.Limits.RequestHeadersTimeout = idle;
        options.Listen(IPAddress.Loopback, DemandPort(port));
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(this, cancellationToken);
        }
        catch (Exception refused) when (refused is SocketException or IOException)
        {
            throw new IOException($"The port {port} cannot be listened on: {refused.GetBaseException().Message}.", refused);
        }

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
            // A client that waits for leave to send its body, and is refused, will not send it: nothing is left to wait for on this
            // connection.
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

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await server.StopAsync(impatient.Token);
            server.Dispose();
        }
    }

    private static int DemandPort(int port) =>
        port is >= 0 and <= IPEndPoint.MaxPort
            ? port
            : throw new IOException($"{port} is not a port: ports are 0 to {IPEndPoint.MaxPort}.");

    private static bool MayHaveBody(HttpContext context, AwsResponse response) =>
        response.Status is not (204 or 304) && !HttpMethods.IsHead(context.Request.Method);

    private WireRequest Read(HttpContext context) =>
        new(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(
                header => header.Key,
                header => string.Join(',', header.Value.ToArray()),
                StringComparer.OrdinalIgnoreCase
            ),
            new IdleLimit(context.Request.Body, idle, context.Abort),
            context.Request.ContentLength,
            context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1",
            context.Request.Protocol
        );
}
