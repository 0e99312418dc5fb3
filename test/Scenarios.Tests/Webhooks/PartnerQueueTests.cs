using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Scenarios.Tests.Webhooks;

/// <summary>Messages to a queue of a partner's own account, and who can have them sent there.</summary>
public sealed class PartnerQueueTests(WebhookWorld world) : IClassFixture<WebhookWorld>
{
    [Fact]
    public async Task Queue_WhoseRoleTrustsTheWebhook_IsSentSignedMessages()
    {
        var partner = new PartnerAccount(world.Host, "alices-queue");
        var grant = (await world.Alice.PostAsync("/webhooks", partner.Request)).Require(201);
        Assert.Equal(("000000000000", partner.Queue), (grant.Text("account"), grant.Text("url")));
        var path = $"/webhooks/{grant.Text("webhookId")}";
        // Nothing trusts the service yet.
        Assert.Equal("webhook-not-verified", (await world.Alice.PostAsync($"{path}/verification")).Require(422).Code);
        await partner.DeployAsync(grant.Text("externalId"));

        Assert.Equal("Active", (await world.Alice.PostAsync($"{path}/verification")).Require(200).Text("state"));
        var exchange = await world.CompleteAsync();

        var ping = (await partner.TakeAsync())!;
        Assert.Equal("ping", $"{JsonNode.Parse(ping.Body)!["type"]}");
        Assert.True(ping.IsSignedWith(grant.Text("secret")));
        var message = await OnceAsync(partner);
        Assert.Equal($"{exchange.Id}_7", message.Id);
        Assert.True(message.IsSignedWith(grant.Text("secret")));
        Assert.Equal(exchange.Id.ToString(), $"{JsonNode.Parse(message.Body)!["message"]!["exchangeId"]}");
        (await world.Alice.DeleteAsync(path)).Require(200);
    }

    /// <summary>The confused deputy: Bob names Alice's queue and role, which trust the service for Alice's webhook alone.</summary>
    [Fact]
    public async Task Queue_OfAnotherParty_IsSentNothingWhoeverNamesIt()
    {
        var partner = new PartnerAccount(world.Host, "trusting-queue");
        var own = (await world.Alice.PostAsync("/webhooks", partner.Request)).Require(201);
        await partner.DeployAsync(own.Text("externalId"));
        var other = (await world.Bob.PostAsync("/webhooks", partner.Request)).Require(201);
        Assert.NotEqual(own.Text("externalId"), other.Text("externalId"));

        var refused = await world.Bob.PostAsync($"/webhooks/{other.Text("webhookId")}/verification");

        Assert.Equal("webhook-not-verified", refused.Require(422).Code);
        Assert.Null(await partner.TakeAsync());
        (await world.Alice.DeleteAsync($"/webhooks/{own.Text("webhookId")}")).Require(200);
        (await world.Bob.DeleteAsync($"/webhooks/{other.Text("webhookId")}")).Require(200);
    }

    [Fact]
    public async Task Queue_WhoseRoleAsksForNoExternalId_IsNotSentTo()
    {
        var partner = new PartnerAccount(world.Host, "open-queue");
        await partner.DeployAsync(externalId: null);
        var grant = (await world.Alice.PostAsync("/webhooks", partner.Request)).Require(201);
        var path = $"/webhooks/{grant.Text("webhookId")}";

        var refused = (await world.Alice.PostAsync($"{path}/verification")).Require(422);

        Assert.Contains("sts:ExternalId", refused.Text("detail"), StringComparison.Ordinal);
        await world.CompleteAsync();
        Assert.Null(await partner.TakeAsync());
        (await world.Alice.DeleteAsync(path)).Require(200);
    }

    [Fact]
    public async Task Queue_WhoseRoleAsksForAPattern_IsNotSentTo()
    {
        var partner = new PartnerAccount(world.Host, "pattern-queue");
        await partner.DeployAsync("fairshare-*", "StringLike");
        var grant = (await world.Alice.PostAsync("/webhooks", partner.Request)).Require(201);
        var path = $"/webhooks/{grant.Text("webhookId")}";

        var refused = (await world.Alice.PostAsync($"{path}/verification")).Require(422);

        Assert.Contains("or with another", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Null(await partner.TakeAsync());
        (await world.Alice.DeleteAsync(path)).Require(200);
    }

    [Fact]
    public async Task Queue_ThatItsRoleMayNotSendTo_IsNotVerified()
    {
        var partner = new PartnerAccount(world.Host, "closed-queue");
        var grant = (await world.Alice.PostAsync("/webhooks", partner.Request)).Require(201);
        var path = $"/webhooks/{grant.Text("webhookId")}";
        await partner.DeployAsync(grant.Text("externalId"), right: "sqs:GetQueueAttributes");

        var refused = (await world.Alice.PostAsync($"{path}/verification")).Require(422);

        Assert.Contains("queue-refused", refused.Text("detail"), StringComparison.Ordinal);
        (await world.Alice.DeleteAsync(path)).Require(200);
    }

    [Theory]
    [InlineData("arn:aws:sqs:-:000000000000:q", "arn:aws:iam::000000000000:role/fairshare/q")]
    [InlineData("arn:awsfoo:sqs:us-east-1:000000000000:q", "arn:awsfoo:iam::000000000000:role/fairshare/q")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:q", "arn:aws-cn:iam::000000000000:role/fairshare/q")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:q", "arn:aws:iam::000000000001:role/fairshare/q")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:q", "arn:aws:iam::000000000000:role/q")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:q.fifo", "arn:aws:iam::000000000000:role/fairshare/q")]
    public async Task Queue_ThatCannotBe_IsRefused(string queue, string role) =>
        Assert.Equal(
            "invalid-webhook-queue",
            (await world.Alice.PostAsync("/webhooks", new JsonObject { ["queue"] = queue, ["role"] = role })).Code
        );

    [Fact]
    public async Task Queue_UnderAUsedKeyWithAnotherRole_IsRefused()
    {
        var partner = new PartnerAccount(world.Host, "keyed-queue");
        var grant = (await world.Alice.PostAsync("/webhooks", partner.Request, "one-key")).Require(201);
        var other = partner.Request;
        other["role"] = $"{partner.Role}-2";

        Assert.Equal("idempotency-key-reused", (await world.Alice.PostAsync("/webhooks", other, "one-key")).Code);
        (await world.Alice.DeleteAsync($"/webhooks/{grant.Text("webhookId")}")).Require(200);
    }

    [Fact]
    public async Task Webhooks_ByPagesOfOne_AreAllListedNewestFirst()
    {
        var partner = new PartnerAccount(world.Host, "listed-queue");
        List<string> made = [];
        for (var webhook = 0; webhook < 3; webhook++)
        {
            made.Insert(0, (await world.Bob.PostAsync("/webhooks", partner.Request)).Require(201).Text("webhookId"));
            world.Time.Advance(TimeSpan.FromMilliseconds(2));
        }

        List<string> listed = [];
        var query = "?limit=1";
        while (query is not null)
        {
            var page = (await world.Bob.GetAsync("/webhooks" + query)).Require(200);
            listed.Add($"{Assert.Single(page["webhooks"].AsArray())!["webhookId"]}");
            query = page.Body!["cursor"] is { } cursor ? $"?limit=1&cursor={cursor}" : null;
        }

        Assert.Equal(made, listed);
        Assert.Equal("invalid-cursor", (await world.Bob.GetAsync("/webhooks?cursor=*")).Code);
        foreach (var webhook in made)
        {
            (await world.Bob.DeleteAsync($"/webhooks/{webhook}")).Require(200);
        }
    }

    private static async Task<ReceivedMessage> OnceAsync(PartnerAccount partner)
    {
        for (var attempt = 0; attempt < 120; attempt++)
        {
            if (await partner.TakeAsync() is { } message)
            {
                return message;
            }
        }

        throw new InvalidOperationException("No message came into the partner's queue.");
    }
}
