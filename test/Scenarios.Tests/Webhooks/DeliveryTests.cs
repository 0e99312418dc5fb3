using System.Text.Json.Nodes;
using FairShare.Testing;
using Xunit;
using static FairShare.Scenarios.Tests.Webhooks.Endpoint;
using static FairShare.Scenarios.Tests.Webhooks.Receiver;

namespace FairShare.Scenarios.Tests.Webhooks;

public sealed class DeliveryTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    private const long Gigabyte = 1L << 30;

    [Fact]
    public async Task Exchange_ThatCompletes_IsToldToTheUploadersEndpointSigned()
    {
        await using var endpoint = await world.RegisterAsync();

        var exchange = await world.CompleteAsync();

        var message = await endpoint.Receiver.NextAsync();
        Assert.Equal($"{exchange.Id}_7", message.Id);
        Assert.True(message.IsSignedWith(endpoint.Secret));
        Assert.False(message.IsSignedWith("whsec_" + Convert.ToBase64String(new byte[32])));
        Assert.False(
            (message with { Body = message.Body.Replace("\"7\"", "\"8\"", StringComparison.Ordinal) }).IsSignedWith(endpoint.Secret)
        );
        var body = JsonNode.Parse(message.Body)!;
        Assert.Equal(("7", world.Alice.Id.ToString()), (body["protocolStep"]!.GetValue<string>(), body["userId"]!.GetValue<string>()));
        Assert.Equal(exchange.Id.ToString(), body["message"]!["exchangeId"]!.GetValue<string>());
        // The ping was signed too, and the party of the other side was sent nothing.
        Assert.True(endpoint.Receiver.Pings.Single().IsSignedWith(endpoint.Secret));
        Assert.Equal("Delivered", (await endpoint.DeliveryAsync(message.Id, one => Is(one, "Delivered")))["state"]!.GetValue<string>());
        Assert.Equal(1, endpoint.Receiver.Count);
    }

    [Fact]
    public async Task Exchange_ThatIsDeclined_IsToldAsStepA()
    {
        await using var endpoint = await world.RegisterAsync();
        var exchange = await TestExchange.RequestAsync(world.Bob, await TestDocument.DepositAsync(world.Alice, world.Bob));

        (await exchange.DeclineAsync()).Require(200);

        Assert.Equal($"{exchange.Id}_a", (await endpoint.Receiver.NextAsync()).Id);
    }

    [Fact]
    public async Task Endpoint_ThatFails_IsSentTheSameAgainWithAFreshTime()
    {
        await using var endpoint = await world.RegisterAsync();
        // The second attempt, which may come by itself while the note of the first is read, is noted once it is answered.
        var isRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        endpoint.Receiver.Answer = async (context, before) =>
        {
            await (before == 0 ? Task.CompletedTask : isRead.Task);
            await Status(context, before == 0 ? 503 : 200);
        };
        var exchange = await world.CompleteAsync();
        var first = await endpoint.Receiver.NextAsync();
        var waiting = await endpoint.DeliveryAsync(first.Id, one => one["nextAttemptAt"] is not null);
        Assert.Equal(
            (1, 503, "refused"),
            (waiting["attempts"]!.GetValue<int>(), waiting["status"]!.GetValue<int>(), $"{waiting["failure"]}")
        );
        isRead.SetResult();

        await world.AdvanceAsync(TimeSpan.FromSeconds(6));
        var second = await endpoint.Receiver.NextAsync();

        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.NotEqual(first.Headers["webhook-timestamp"], second.Headers["webhook-timestamp"]);
        Assert.True(second.IsSignedWith(endpoint.Secret));
        Assert.Equal(2, (await endpoint.DeliveryAsync(first.Id, one => Is(one, "Delivered")))["attempts"]!.GetValue<int>());
        Assert.Equal($"{exchange.Id}_7", first.Id);
    }

    // The answer to the attempt before comes after that to the first of the replay.
    [Fact]
    public async Task Replay_WhileAnAttemptIsUnderWay_IsWhatCounts()
    {
        await using var endpoint = await world.RegisterAsync();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        endpoint.Receiver.Answer = async (context, before) =>
        {
            await (before == 0 ? answered.Task : Task.CompletedTask);
            await Status(
                context,
                before is 0 ? 410
                    : before is 1 ? 503
                    : 200
            );
        };
        await world.CompleteAsync();
        var message = await endpoint.Receiver.NextAsync();
        (await endpoint.ReplayAsync(message.Id)).Require(200);
        await endpoint.DeliveryAsync(message.Id, one => one["status"]?.GetValue<int>() == 503);

        answered.SetResult();
        await world.AdvanceAsync(TimeSpan.FromSeconds(6));

        var delivered = await endpoint.DeliveryAsync(message.Id, one => !Is(one, "Waiting"));
        Assert.Equal(("Delivered", 2), (delivered["state"]!.GetValue<string>(), delivered["attempts"]!.GetValue<int>()));
        Assert.Equal(("Active", ""), await endpoint.StateAsync());
    }

    [Fact]
    public async Task Endpoint_ThatIsGone_IsSwitchedOffAtOnce()
    {
        await using var endpoint = await world.RegisterAsync();
        endpoint.Receiver.Answer = (context, _) => Status(context, 410);

        var exchange = await world.CompleteAsync();

        await endpoint.DeliveryAsync($"{exchange.Id}_7", one => Is(one, "Dead"));
        Assert.Equal("gone", await endpoint.OffReasonAsync());
    }

    [Fact]
    public async Task Endpoint_ThatRedirects_IsNotFollowed()
    {
        await using var endpoint = await world.RegisterAsync();
        endpoint.Receiver.Answer = (context, _) =>
        {
            context.Response.Headers.Location = endpoint.Receiver.Url.Replace("/hook", "/other", StringComparison.Ordinal);
            return Status(context, 307);
        };

        var exchange = await world.CompleteAsync();

        var delivery = await endpoint.DeliveryAsync($"{exchange.Id}_7", one => one["attempts"]!.GetValue<int>() >= 1);
        Assert.Equal("redirected", delivery["failure"]!.GetValue<string>());
        Assert.False(endpoint.Receiver.WasRedirected);
    }

    [Fact]
    public async Task Endpoint_ThatDoesNotAnswer_IsGivenUpAfterTenSecondsAndHoldsUpNobody()
    {
        await using var slow = await world.RegisterAsync();
        await using var quick = await world.RegisterAsync();
        using var never = new CancellationTokenSource();
        slow.Receiver.Answer = (_, _) => Task.Delay(Timeout.Infinite, never.Token);

        var exchange = await world.CompleteAsync();

        // The quick one is told while the slow one is waited for.
        Assert.Equal($"{exchange.Id}_7", (await quick.Receiver.NextAsync()).Id);
        await slow.Receiver.NextAsync();
        world.Time.Advance(TimeSpan.FromSeconds(11));
        var delivery = await slow.DeliveryAsync($"{exchange.Id}_7", one => one["attempts"]!.GetValue<int>() >= 1);
        Assert.Equal("timed-out", delivery["failure"]!.GetValue<string>());
        await never.CancelAsync();
    }

    [Fact]
    public async Task Endpoint_ThatAnswersWithoutEnd_IsReadNoFurtherThanItsStatus()
    {
        await using var endpoint = await world.RegisterAsync();
        long written = 0;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        endpoint.Receiver.Answer = async (context, _) =>
        {
            var chunk = new byte[1 << 20];
            try
            {
                // What is written to a connection that was cut goes nowhere, and it takes a moment to be told so.
                for (; written < Gigabyte && !context.RequestAborted.IsCancellationRequested; written += chunk.Length)
                {
                    await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
                    await Task.Delay(10, context.RequestAborted);
                }
            }
            catch (Exception cut) when (cut is OperationCanceledException or IOException)
            {
                // Cut off, as it should be.
            }

            ended.SetResult();
        };

        var exchange = await world.CompleteAsync();

        await endpoint.DeliveryAsync($"{exchange.Id}_7", one => Is(one, "Delivered"));
        await ended.Task.WaitAsync(Patience);
        Assert.InRange(written, 0, Gigabyte - 1);
    }
}
