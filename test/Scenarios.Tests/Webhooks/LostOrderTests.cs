using System.Text.Json.Nodes;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Webhooks;

/// <summary>A message that is noted, and whose delivery is ordered only after the endpoint has been switched off.</summary>
public sealed class LostOrderTests : IAsyncLifetime
{
    private readonly ShiftedTime time = new();
    private readonly FaultPlan faults = new(seed: 1);
    private TestHost host = null!;
    private TestParty alice = null!;
    private TestParty bob = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Faults are planned for the calls of handlers in this process.");
        host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = time,
                Faults = faults,
            }
        );
        alice = await TestParty.JoinAsync(host, "alice");
        bob = await TestParty.JoinAsync(host, "bob");
    }

    public async ValueTask DisposeAsync()
    {
        alice?.Dispose();
        bob?.Dispose();
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Message_OrderedWhenItsEndpointIsOff_IsNotedAsDead()
    {
        await using var endpoint = await RegisterAsync();
        endpoint.Receiver.Answer = (context, _) => Receiver.Status(context, 410);
        var isFirst = 0;
        faults.Choose = call =>
            call is { Origin: "SpreadWebhooks", Service: "sqs", Operation: "SendMessage" } && Interlocked.Increment(ref isFirst) == 1
                ? new FaultRule(FaultKind.Refuse, 1, Code: "AccessDenied")
                : null;
        var first = await CompleteAsync();
        await endpoint.DeliveryAsync($"{first.Id}_7", one => Endpoint.Is(one, "Waiting"));

        await CompleteAsync();

        Assert.Equal("gone", await endpoint.OffReasonAsync());
        // The event comes again once its time out of sight is over.
        await Quiet.UntilAsync([host.Embedded]);
        time.Advance(TimeSpan.FromMinutes(15));
        var delivery = await endpoint.DeliveryAsync($"{first.Id}_7", one => Endpoint.Is(one, "Dead"));
        Assert.Equal("webhook-off", $"{delivery["failure"]}");
    }

    private async Task<Endpoint> RegisterAsync()
    {
        var receiver = await Receiver.StartAsync();
        var grant = (await alice.PostAsync("/webhooks", new JsonObject { ["url"] = receiver.Url })).Require(201);
        (await alice.PostAsync($"/webhooks/{grant.Text("webhookId")}/verification")).Require(200);
        return new Endpoint(alice, receiver, grant.Text("webhookId"), grant.Text("secret"));
    }

    private async Task<TestExchange> CompleteAsync()
    {
        var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        (await exchange.SubmitReceiptAsync()).Require(200);
        return exchange;
    }
}
