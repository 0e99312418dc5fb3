using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Webhooks;

/// <summary>A message that is noted, and whose delivery is ordered only after the endpoint has been switched off.</summary>
public sealed class LostOrderTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    [Fact]
    public async Task Message_OrderedWhenItsEndpointIsOff_IsNotedAsDead()
    {
        await using var endpoint = await world.RegisterAsync();
        endpoint.Receiver.Answer = (context, _) => Receiver.Status(context, 410);
        var isFirst = 0;
        world.Faults.Choose = call =>
            call is { Origin: "SpreadWebhooks", Service: "sqs", Operation: "SendMessage" } && Interlocked.Increment(ref isFirst) == 1
                ? new FaultRule(FaultKind.Refuse, 1, Code: "AccessDenied")
                : null;
        var first = await world.CompleteAsync();
        await endpoint.DeliveryAsync($"{first.Id}_7", one => Endpoint.Is(one, "Waiting"));

        await world.CompleteAsync();

        Assert.Equal("gone", await endpoint.OffReasonAsync());
        // The event comes again once its time out of sight is over.
        await world.AdvanceAsync(TimeSpan.FromMinutes(15));
        var delivery = await endpoint.DeliveryAsync($"{first.Id}_7", one => Endpoint.Is(one, "Dead"));
        Assert.Equal("webhook-off", $"{delivery["failure"]}");
    }
}
