using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Testing;
using Xunit;
using static FairShare.Scenarios.Tests.Webhooks.Endpoint;

namespace FairShare.Scenarios.Tests.Webhooks;

/// <summary>An order of a delivery that another order has taken the place of since.</summary>
public sealed class StaleOrderTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    [Fact]
    public async Task Order_FromBeforeTheReplay_SendsNothing()
    {
        await using var endpoint = await world.RegisterAsync();
        endpoint.Receiver.Answer = (context, _) => Receiver.Status(context, 503);
        var exchange = await world.CompleteAsync();
        var messageId = $"{exchange.Id}_7";
        var waiting = await endpoint.DeliveryAsync(messageId, one => one["nextAttemptAt"] is not null);
        var startedAt = DateTimeOffset.Parse($"{waiting["at"]}", System.Globalization.CultureInfo.InvariantCulture);

        await OrderAsync(endpoint, messageId, startedAt.AddMilliseconds(-1));
        await Quiet.UntilAsync([world.Host.Embedded]);

        Assert.Equal(1, endpoint.Receiver.Count);
        // The order itself is what it takes: with the time that stands the same message is sent.
        await OrderAsync(endpoint, messageId, startedAt);
        await endpoint.DeliveryAsync(messageId, one => one["attempts"]!.GetValue<int>() == 2);
        endpoint.Receiver.Answer = (context, _) => Receiver.Status(context, 204);
        await world.AdvanceAsync(TimeSpan.FromMinutes(6));
        await endpoint.DeliveryAsync(messageId, one => Is(one, "Delivered"));
    }

    private async Task OrderAsync(Endpoint endpoint, string messageId, DateTimeOffset startedAt)
    {
        var root = SignedAwsClient.OfRoot(world.Host);
        var queues = (await root.CallAsync("sqs", "AmazonSQS.ListQueues", [])).Require(200)["QueueUrls"].AsArray().Select(url => $"{url}");
        var url = queues.Single(one =>
            one.Contains("WebhooksDeliveries", StringComparison.Ordinal) && !one.Contains("DeadLetters", StringComparison.Ordinal)
        );
        var order = new JsonObject
        {
            ["party"] = endpoint.Owner.Id.ToString(),
            ["webhookId"] = endpoint.Id,
            ["messageId"] = messageId,
            ["startedAt"] = Timestamp.Format(startedAt),
        };
        var input = new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = order.ToJsonString() };
        (await root.CallAsync("sqs", "AmazonSQS.SendMessage", input)).Require(200);
    }
}
