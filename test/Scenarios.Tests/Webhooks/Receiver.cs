using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using FairShare.Testing.Oracle;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace FairShare.Scenarios.Tests.Webhooks;

/// <summary>A message that a receiver was sent.</summary>
public sealed record ReceivedMessage(string Id, string Body, HeaderDictionary Headers)
{
    /// <summary>Whether the verifier of the specification takes it under a secret.</summary>
    public bool IsSignedWith(string secret)
    {
        try
        {
            new StandardWebhook(secret).Verify(Body, Headers);
            return true;
        }
        catch (WebhookVerificationException)
        {
            return false;
        }
    }

    /// <summary>The same whatever the time is: whether the signer of the specification makes one of its signatures.</summary>
    public bool WasSignedWith(string secret)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse($"{Headers["webhook-timestamp"]}", System.Globalization.CultureInfo.InvariantCulture)
        );
        return $"{Headers["webhook-signature"]}".Split(' ').Contains(new StandardWebhook(secret).Sign(Id, time, Body));
    }
}

/// <summary>A party's own server on this machine. It answers pings as asked, and messages as a test has it.</summary>
public sealed class Receiver : IAsyncDisposable
{
    /// <summary>How long to wait for what a slow machine gets to in the end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly WebApplication application;
    private readonly Channel<ReceivedMessage> messages = Channel.CreateUnbounded<ReceivedMessage>();

    private Receiver(WebApplication application) => this.application = application;

    public string Url =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";

    /// <summary>How pings are answered; by default as they ask.</summary>
    public Func<HttpContext, string, Task> Ping { get; set; } =
        (context, challenge) => context.Response.WriteAsync(new JsonObject { ["challenge"] = challenge }.ToJsonString());

    /// <summary>How messages are answered, by how many came before; by default with 204.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (context, _) => Status(context, 204);

    /// <summary>The pings.</summary>
    public ConcurrentQueue<ReceivedMessage> Pings { get; } = [];

    /// <summary>How many messages came.</summary>
    public int Count { get; private set; }

    /// <summary>Whether anything was called but the endpoint itself.</summary>
    public bool WasRedirected { get; private set; }

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var receiver = new Receiver(application);
        application.Run(receiver.HandleAsync);
        await application.StartAsync();
        return receiver;
    }

    /// <summary>Answers with a status alone.</summary>
    public static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The next message, which must be as docs/openapi.json says.</summary>
    public async Task<ReceivedMessage> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var message = await messages.Reader.ReadAsync(patience.Token);
        RouteOracle.CheckSent("exchangeEnded", JsonNode.Parse(message.Body)!);
        return message;
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        WasRedirected |= context.Request.Path != "/hook";
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value));
        var message = new ReceivedMessage($"{headers["webhook-id"]}", body, headers);
        if (JsonNode.Parse(body)!["challenge"] is { } challenge)
        {
            Pings.Enqueue(message);
            await Ping(context, challenge.GetValue<string>());
            return;
        }

        var before = Count++;
        messages.Writer.TryWrite(message);
        await Answer(context, before);
    }
}
