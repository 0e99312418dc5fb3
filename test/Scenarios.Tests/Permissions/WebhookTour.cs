using System.Text.Json.Nodes;
using FairShare.Scenarios.Tests.Webhooks;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Everything that webhooks do: an endpoint that fails first, takes a message then, and wants no more in the end.</summary>
internal static class WebhookTour
{
    /// <param name="host">Where all of it runs.</param>
    /// <param name="alice">Whose endpoint it is.</param>
    /// <param name="bob">Who receipts.</param>
    /// <param name="sendAsync">Puts a message into the queue whose name has this in it.</param>
    public static async Task RunAsync(TestHost host, TestParty alice, TestParty bob, Func<string, string, Task> sendAsync)
    {
        await using var receiver = await Receiver.StartAsync();
        var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        var (messageId, answers) = ($"{exchange.Id}_7", new Queue<int>([503, 204, 410]));
        receiver.Answer = (context, _) =>
        {
            // Other parts of the tour have messages of their own.
            context.Response.StatusCode =
                context.Request.Headers["webhook-id"] != messageId ? 204
                : answers.TryDequeue(out var status) ? status
                : 204;
            return Task.CompletedTask;
        };
        var created = (await alice.PostAsync("/webhooks", new JsonObject { ["url"] = receiver.Url })).Require(201);
        var endpoint = new Endpoint(alice, receiver, created.Text("webhookId"), created.Text("secret"));
        (await alice.PostAsync($"{endpoint.Path}/verification")).Require(200);
        (await alice.PostAsync($"{endpoint.Path}/rotation")).Require(200);
        (await alice.GetAsync("/webhooks")).Require(200);

        var partner = await AddQueueAsync(host, alice);

        (await exchange.SubmitReceiptAsync()).Require(200);
        while (await partner.TakeAsync() is not { } taken || taken.Id != messageId) { }

        var sent = await endpoint.DeliveryAsync(messageId, one => Endpoint.Is(one, "Delivered"));
        // The bus may send a message twice; the second is noted no more.
        await sendAsync("WebhooksEvents", sent["body"]!.GetValue<string>());
        (await alice.PostAsync($"{endpoint.Path}/replays", new JsonObject { ["messageId"] = messageId })).Require(200);
        await endpoint.DeliveryAsync(messageId, one => Endpoint.Is(one, "Dead"));
        (await alice.DeleteAsync(endpoint.Path)).Require(200);
    }

    // A queue of her own, to which she lets messages be sent too.
    private static async Task<PartnerAccount> AddQueueAsync(TestHost host, TestParty alice)
    {
        var partner = new PartnerAccount(host, "tour1");
        var grant = (await alice.PostAsync("/webhooks", partner.Request)).Require(201);
        await partner.DeployAsync(grant.Text("externalId"));
        (await alice.PostAsync($"/webhooks/{grant.Text("webhookId")}/verification")).Require(200);
        return partner;
    }
}
