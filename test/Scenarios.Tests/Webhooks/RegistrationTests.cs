using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FairShare.Scenarios.Tests.Webhooks;

public sealed class RegistrationTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    public static TheoryData<string, Func<HttpContext, string, Task>> WrongAnswers =>
        new()
        {
            { "nothing", (_, _) => Task.CompletedTask },
            { "another challenge", (context, _) => context.Response.WriteAsync("""{"challenge":"AAAAAAAAAAAAAAAAAAAAAA"}""") },
            {
                "a line of text with the challenge",
                (context, challenge) => context.Response.WriteAsync($"type=ping challenge={challenge}")
            },
            {
                "what was sent, as an echo",
                (context, challenge) =>
                    context.Response.WriteAsync(new JsonObject { ["type"] = "ping", ["challenge"] = challenge }.ToJsonString())
            },
            {
                "a refusal",
                (context, challenge) =>
                {
                    context.Response.StatusCode = 404;
                    return context.Response.WriteAsync(new JsonObject { ["challenge"] = challenge }.ToJsonString());
                }
            },
            {
                "a long answer",
                (context, challenge) =>
                    context.Response.WriteAsync(new string(' ', 5000) + new JsonObject { ["challenge"] = challenge }.ToJsonString())
            },
        };

    [Theory, MemberData(nameof(WrongAnswers), DisableDiscoveryEnumeration = true)]
    public async Task Verify_AnsweredOtherwise_LeavesTheWebhookPendingAndNothingIsDelivered(
        string what,
        Func<HttpContext, string, Task> answer
    )
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Ping = answer;
        var grant = (await world.Alice.PostAsync("/webhooks", new JsonObject { ["url"] = receiver.Url })).Require(201);
        var path = $"/webhooks/{grant.Text("webhookId")}";

        Assert.True((await world.Alice.PostAsync($"{path}/verification")).Code == "webhook-not-verified", what);

        var listed = (await world.Alice.GetAsync("/webhooks")).Require(200)["webhooks"].AsArray();
        Assert.Equal("Pending", listed.Single(one => $"/webhooks/{one!["webhookId"]}" == path)!["state"]!.GetValue<string>());
        (await world.Alice.DeleteAsync(path)).Require(200);
    }

    [Fact]
    public async Task Pending_Webhook_IsSentNothing()
    {
        await using var active = await world.RegisterAsync();
        await using var receiver = await Receiver.StartAsync();
        var grant = (await world.Alice.PostAsync("/webhooks", new JsonObject { ["url"] = receiver.Url })).Require(201);

        await world.CompleteAsync();

        await active.Receiver.NextAsync();
        Assert.Empty((await world.Alice.GetAsync($"/webhooks/{grant.Text("webhookId")}/deliveries")).Require(200)["deliveries"].AsArray());
        Assert.Equal(0, receiver.Count);
        (await world.Alice.DeleteAsync($"/webhooks/{grant.Text("webhookId")}")).Require(200);
    }

    [Fact]
    public async Task Verify_OfAnEndpointInWhosePlaceAnotherIsPutMeanwhile_ActivatesNeither()
    {
        await using var own = await Receiver.StartAsync();
        await using var victim = await Receiver.StartAsync();
        var grant = (await world.Alice.PostAsync("/webhooks", new JsonObject { ["url"] = own.Url }, "replaced")).Require(201);
        var path = $"/webhooks/{grant.Text("webhookId")}";
        own.Ping = async (context, challenge) =>
        {
            (await world.Alice.DeleteAsync(path)).Require(200);
            (await world.Alice.PostAsync("/webhooks", new JsonObject { ["url"] = victim.Url }, "replaced")).Require(201);
            await context.Response.WriteAsync(new JsonObject { ["challenge"] = challenge }.ToJsonString());
        };

        var verified = await world.Alice.PostAsync($"{path}/verification");

        Assert.Equal("webhook-not-found", verified.Code);
        var standing = (await world.Alice.GetAsync("/webhooks")).Require(200)["webhooks"]!.AsArray();
        Assert.Equal(
            "Pending",
            Assert.Single(standing, one => one!["url"]!.GetValue<string>() == victim.Url)!["state"]!.GetValue<string>()
        );
        (await world.Alice.DeleteAsync(path)).Require(200);
    }

    [Fact]
    public async Task Webhook_OfAnother_IsNotThere()
    {
        await using var endpoint = await world.RegisterAsync();
        var body = new JsonObject { ["messageId"] = "x_7" };

        Assert.Equal("webhook-not-found", (await world.Bob.DeleteAsync(endpoint.Path)).Code);
        Assert.Equal("webhook-not-found", (await world.Bob.PostAsync($"{endpoint.Path}/verification")).Code);
        Assert.Equal("webhook-not-found", (await world.Bob.PostAsync($"{endpoint.Path}/rotation")).Code);
        Assert.Equal("webhook-not-found", (await world.Bob.GetAsync($"{endpoint.Path}/deliveries")).Code);
        Assert.Equal("webhook-not-found", (await world.Bob.PostAsync($"{endpoint.Path}/replays", body)).Code);
        Assert.Empty((await world.Bob.GetAsync("/webhooks")).Require(200)["webhooks"].AsArray());
    }

    [Fact]
    public async Task Create_ARepeatWithTheSameKey_GivesTheSameSecret()
    {
        var body = new JsonObject { ["url"] = "https://example.com/hook" };
        var first = (await world.Bob.PostAsync("/webhooks", body.DeepClone(), "hook-1")).Require(201);
        var second = (await world.Bob.PostAsync("/webhooks", body, "hook-1")).Require(201);

        Assert.Equal(first.Body!.ToJsonString(), second.Body!.ToJsonString());
        Assert.Equal(
            "idempotency-key-reused",
            (await world.Bob.PostAsync("/webhooks", new JsonObject { ["url"] = "https://example.org/hook" }, "hook-1")).Code
        );
        (await world.Bob.DeleteAsync($"/webhooks/{first.Text("webhookId")}")).Require(200);
    }

    [Fact]
    public async Task Create_ManyAtOnce_AreTenAtMost()
    {
        var body = new JsonObject { ["url"] = "https://example.com/hook" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => world.Bob.PostAsync("/webhooks", body.DeepClone())));

        var created = answers.Where(answer => answer.Status == 201).Select(answer => answer.Text("webhookId")).ToList();
        var listed = (await world.Bob.GetAsync("/webhooks")).Require(200)["webhooks"].AsArray();
        Assert.InRange(created.Count, 1, 10);
        Assert.Equal(created.Order(), listed.Select(one => one!["webhookId"]!.GetValue<string>()).Order());
        Assert.All(
            answers.Where(answer => answer.Status != 201),
            answer => Assert.True(answer.Code is "too-many-webhooks" or "busy", answer.Code)
        );
        foreach (var id in created)
        {
            (await world.Bob.DeleteAsync($"/webhooks/{id}")).Require(200);
        }
    }

    [Fact]
    public async Task Deliveries_PageByPage_AreAll()
    {
        await using var endpoint = await world.RegisterAsync();
        var expected = new List<string>();
        for (var index = 0; index < 3; index++)
        {
            await world.CompleteAsync();
            expected.Add((await endpoint.Receiver.NextAsync()).Id);
        }

        var (seen, cursor) = (new List<string>(), "");
        while (cursor is not null)
        {
            var page = (await world.Alice.GetAsync($"{endpoint.Path}/deliveries?limit=1{cursor}")).Require(200);
            seen.Add(Assert.Single(page["deliveries"].AsArray())!["messageId"]!.GetValue<string>());
            cursor = page.Body!["cursor"] is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(expected.AsEnumerable().Reverse(), seen);
    }
}
