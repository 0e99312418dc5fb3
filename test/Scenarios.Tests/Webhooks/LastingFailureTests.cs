using System.Text.Json.Nodes;
using Xunit;
using static FairShare.Scenarios.Tests.Webhooks.Endpoint;
using static FairShare.Scenarios.Tests.Webhooks.Receiver;

namespace FairShare.Scenarios.Tests.Webhooks;

/// <summary>What takes days: on a clock that is put forward, by which the verifier of the specification does not go.</summary>
public sealed class LastingFailureTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    [Fact]
    public async Task Endpoint_ThatFailsForThreeDays_IsSwitchedOffAndItsLetterIsReplayedOnceItAnswersAgain()
    {
        await using var endpoint = await world.RegisterAsync();
        endpoint.Receiver.Answer = (context, _) => Status(context, 500);
        var exchange = await world.CompleteAsync();
        var messageId = $"{exchange.Id}_7";

        var attempts = 0;
        for (; attempts < 20 && !Is(await AttemptAsync(endpoint, messageId, attempts + 1), "Dead"); attempts++)
        {
            await world.AdvanceAsync(TimeSpan.FromHours(12));
        }

        // Five seconds, five and thirty minutes, two, five, ten hours pass as twelve here; six attempts fit into three days.
        Assert.InRange(attempts, 5, 7);
        Assert.Equal("refused", await endpoint.OffReasonAsync());
        // What comes while it is off is not sent, and is there to be replayed.
        var missed = $"{(await world.CompleteAsync()).Id}_7";
        await endpoint.DeliveryAsync(missed, one => Is(one, "Dead") && $"{one["failure"]}" == "webhook-off");
        Assert.Equal("webhook-not-active", (await endpoint.ReplayAsync(messageId)).Code);
        endpoint.Receiver.Answer = (context, _) => Status(context, 200);
        (await world.Alice.PostAsync($"{endpoint.Path}/verification")).Require(200);
        (await endpoint.ReplayAsync(messageId)).Require(200);

        await endpoint.DeliveryAsync(messageId, one => Is(one, "Delivered"));
        Assert.Equal(("Active", ""), await endpoint.StateAsync());
    }

    [Fact]
    public async Task Secret_ThatIsRotated_IsGoodForADayBesideTheNewOne()
    {
        await using var endpoint = await world.RegisterAsync();
        var rotated = (await world.Alice.PostAsync($"{endpoint.Path}/rotation")).Require(200);
        Assert.NotEqual(endpoint.Secret, rotated.Text("secret"));
        Assert.Equal("webhook-rotated", (await world.Alice.PostAsync($"{endpoint.Path}/rotation")).Code);

        await world.CompleteAsync();
        var both = await endpoint.Receiver.NextAsync();
        Assert.True(both.WasSignedWith(endpoint.Secret));
        Assert.True(both.WasSignedWith(rotated.Text("secret")));

        await world.AdvanceAsync(TimeSpan.FromHours(25));
        await world.CompleteAsync();
        var later = await endpoint.Receiver.NextAsync();
        Assert.True(later.WasSignedWith(rotated.Text("secret")));
        Assert.False(later.WasSignedWith(endpoint.Secret));
        // The verifier goes by the system's clock, which is more than a day behind: so it refuses what is replayed at another time.
        Assert.False(later.IsSignedWith(rotated.Text("secret")));
    }

    // After the second attempt it waits for five minutes: as long as the replays may take.
    [Fact]
    public async Task Replay_OfWhatWaitsForItsNextAttempt_AddsNone()
    {
        await using var endpoint = await world.RegisterAsync();
        endpoint.Receiver.Answer = (context, before) => Status(context, before < 2 ? 503 : 200);
        var messageId = $"{(await world.CompleteAsync()).Id}_7";
        await AttemptAsync(endpoint, messageId, 1);
        await world.AdvanceAsync(TimeSpan.FromSeconds(6));
        var waiting = await AttemptAsync(endpoint, messageId, 2);

        for (var replay = 0; replay < 3; replay++)
        {
            Assert.Equal(waiting.ToJsonString(), (await endpoint.ReplayAsync(messageId)).Require(200).Body!.ToJsonString());
        }

        await world.AdvanceAsync(TimeSpan.FromMinutes(6));
        var delivered = await endpoint.DeliveryAsync(messageId, one => Is(one, "Delivered"));
        Assert.Equal((3, 3), (delivered["attempts"]!.GetValue<int>(), endpoint.Receiver.Count));
    }

    private static Task<JsonNode> AttemptAsync(Endpoint endpoint, string messageId, int attempts) =>
        endpoint.DeliveryAsync(messageId, one => one["attempts"]!.GetValue<int>() >= attempts || Is(one, "Dead"));
}
