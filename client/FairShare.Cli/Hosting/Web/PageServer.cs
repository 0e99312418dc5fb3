using System.Net;
using FairShare.Cli.Output;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Transforms;

namespace FairShare.Cli.Hosting.Web;

/// <summary>
/// Serves the web page on a loopback port of its own, with the API beneath <c>/api</c>, as CloudFront does where the service is deployed:
/// one origin, and so no CORS between page and API.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    private const string ApiPrefix = "/api";

    // Links of the vault are https://HOST/v#CODE.
    private const string VaultPath = "/v";

    private readonly WebApplication application;

    private PageServer(WebApplication application) => this.application = application;

    /// <summary>The page's address, for example <c>http://127.0.0.1:8081</c>.</summary>
    public string Url => application.Urls.First();

    /// <summary>Starts serving.</summary>
    /// <param name="folder">The page.</param>
    /// <param name="port">The loopback port; 0 takes a free one.</param>
    /// <param name="api">The API's address.</param>
    /// <param name="aws">Where the object store and the user pool answer.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CommandException"><c>cannot-start</c>: the port is bad or taken.</exception>
    public static async Task<PageServer> StartAsync(
        PageFolder folder,
        int port,
        string api,
        string aws,
        CancellationToken cancellationToken
    )
    {
        if (port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            throw CannotStart($"{port} is not a port: ports are 0 to {IPEndPoint.MaxPort}.");
        }

        var application = Build(folder, port, api, folder.HeadersFor(aws));
        try
        {
            await application.StartAsync(cancellationToken);
            return new PageServer(application);
        }
        catch (IOException taken)
        {
            await application.DisposeAsync();
            throw CannotStart(taken.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private static WebApplication Build(PageFolder folder, int port, string api, IReadOnlyDictionary<string, string> headers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(options =>
            {
                options.AddServerHeader = false;
                options.Listen(IPAddress.Loopback, port);
            });
        builder.Services.AddRoutingCore().AddHttpForwarder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Use(ServeThisMachineAlone);
        application.Use((context, next) => DescribeAsync(context, next, headers));
        var files = new PhysicalFileProvider(folder.Path);
        application.Use(ServeVaultLinks);
        application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        application.UseStaticFiles(
            new StaticFileOptions { FileProvider = files, ContentTypeProvider = new FileExtensionContentTypeProvider() }
        );
        application.MapForwarder(ApiPrefix + "/{**path}", api, transforms => transforms.AddPathRemovePrefix(ApiPrefix));
        return application;
    }

    // A name that a page's owner points at this machine would make that page one of this origin.
    private static Task ServeThisMachineAlone(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Host;
        if (host is "127.0.0.1" or "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }

    private static Task ServeVaultLinks(HttpContext context, RequestDelegate next)
    {
        context.Request.Path = context.Request.Path == VaultPath ? "/" : context.Request.Path;
        return next(context);
    }

    private static Task DescribeAsync(HttpContext context, RequestDelegate next, IReadOnlyDictionary<string, string> headers)
    {
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        if (!context.Request.Path.StartsWithSegments(ApiPrefix))
        {
            // A page that is made anew must not run with modules of the old one.
            context.Response.Headers.CacheControl = "no-cache";
        }

        return next(context);
    }

    private static CommandException CannotStart(string message) =>
        new(ExitCode.LocalFile, "cannot-start", message, "Give the page another port with --page-port; 0 takes a free one.");
}
