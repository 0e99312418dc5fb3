using System.Diagnostics;
using System.Text.Json.Nodes;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Webhooks;

/// <summary>A deployed application that delivers to this machine, with an uploader and a downloader.</summary>
public sealed class WebhookWorld : IAsyncLifetime
{
    public ShiftedTime Time { get; } = new();

    /// <summary>What fails; nothing, unless a test says so.</summary>
    public FaultPlan Faults { get; } = new(seed: 1);

    public TestHost Host { get; private set; } = null!;

    public TestParty Alice { get; private set; } = null!;

    public TestParty Bob { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        Host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = Time,
                Faults = Faults,
            }
        );
        Alice = await TestParty.JoinAsync(Host, "alice");
        Bob = await TestParty.JoinAsync(Host, "bob");
    }

    public async ValueTask DisposeAsync()
    {
        Alice?.Dispose();
        Bob?.Dispose();
        await (Host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Puts the clock forward once nothing is under way, and signs the parties in again.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await Quiet.UntilAsync([Host.Embedded]);
        Time.Advance(by);
        await Alice.SignInAgainAsync();
        await Bob.SignInAgainAsync();
    }

    /// <summary>A receiver of Alice's, registered and verified.</summary>
    public async Task<Endpoint> RegisterAsync()
    {
        var receiver = await Receiver.StartAsync();
        var grant = (await Alice.PostAsync("/webhooks", new JsonObject { ["url"] = receiver.Url })).Require(201);
        (await Alice.PostAsync($"/webhooks/{grant.Text("webhookId")}/verification")).Require(200);
        return new Endpoint(Alice, receiver, grant.Text("webhookId"), grant.Text("secret"));
    }

    /// <summary>An exchange of Alice's and Bob's that completes: both are sent a message.</summary>
    public async Task<TestExchange> CompleteAsync()
    {
        var exchange = await TestExchange.RequestAsync(Bob, await TestDocument.DepositAsync(Alice, Bob));
        (await exchange.SubmitReceiptAsync()).Require(200);
        return exchange;
    }
}

/// <summary>An endpoint of a party. It is removed at the end: what other tests do is not sent to it.</summary>
public sealed record Endpoint(TestParty Owner, Receiver Receiver, string Id, string Secret) : IAsyncDisposable
{
    public string Path => $"/webhooks/{Id}";

    /// <summary>Whether a delivery stands so.</summary>
    public static bool Is(JsonNode delivery, string state) => delivery["state"]!.GetValue<string>() == state;

    /// <summary>Where the endpoint stands, and why it is off.</summary>
    public async Task<(string State, string Reason)> StateAsync()
    {
        var list = (await Owner.GetAsync("/webhooks")).Require(200)["webhooks"].AsArray();
        var one = list.Single(webhook => webhook!["webhookId"]!.GetValue<string>() == Id)!;
        return (one["state"]!.GetValue<string>(), one["offReason"]?.GetValue<string>() ?? "");
    }

    /// <summary>Why the endpoint is off, once it is: a moment after the delivery of a message is dead.</summary>
    public Task<string> OffReasonAsync() =>
        OnceAsync(async () => await StateAsync() is ("Off", var reason) ? reason : null, "The endpoint was not switched off.");

    /// <summary>The delivery of a message, once it stands as asked for.</summary>
    public Task<JsonNode> DeliveryAsync(string messageId, Func<JsonNode, bool> stands) =>
        OnceAsync(
            async () =>
                (await Owner.GetAsync($"{Path}/deliveries"))
                    .Require(200)["deliveries"]
                    .AsArray()
                    .FirstOrDefault(one => one!["messageId"]!.GetValue<string>() == messageId && stands(one)),
            $"The delivery of {messageId} did not come to stand as asked for."
        );

    /// <summary>Has a message sent again.</summary>
    public Task<Answer> ReplayAsync(string messageId) => Owner.PostAsync($"{Path}/replays", new JsonObject { ["messageId"] = messageId });

    public async ValueTask DisposeAsync()
    {
        await Owner.DeleteAsync(Path);
        await Receiver.DisposeAsync();
    }

    private static async Task<T> OnceAsync<T>(Func<Task<T?>> look, string otherwise)
        where T : class
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < Receiver.Patience; await Task.Delay(50))
        {
            if (await look() is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException(otherwise);
    }
}
