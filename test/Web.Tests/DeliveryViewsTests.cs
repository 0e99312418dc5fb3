using System.Diagnostics;
using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>Webhooks and notices, set up and followed in the page.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class DeliveryViewsTests(PageHost host, CompletedExchange exchange)
{
    [Fact]
    public async Task Webhook_OfAServer_IsAddedTestedDeliveredReplayedRotatedAndRemoved()
    {
        await exchange.RequireAsync();
        using var server = new WebhookServer { Status = 410 };
        var alice = exchange.Alice;
        await alice.GoAsync("webhooks");
        await alice.FillAsync("Address of your server", server.Url);
        await alice.ClickAsync("Add a webhook");
        await alice.SeesAsync("Its secret, shown only now: whsec_");
        await alice.ClickAsync($"Test: {server.Url}");
        await alice.SeesAsync("Active");
        await alice.ClickAsync($"New secret: {server.Url}");
        await alice.SeesAsync("The previous secret is good too until");

        // The server wants no more after the first message, which is dead then, and can be sent again.
        await alice.SendAsync(host.Write("boat.txt", "Alice sells Bob a boat.\n"u8), exchange.Bob.Address);
        await exchange.Bob.AskAsync();
        await exchange.Bob.SignAsync();
        await alice.GoAsync("webhooks");
        await DeliveredAsync(alice, server, "The server said that it wants no more.");
        await alice.Page.GetByLabel("Only what was not delivered").CheckAsync();
        await alice.SeesAsync("Not delivered");
        server.Status = 204;
        await alice.ClickAsync($"Test: {server.Url}");
        await alice.SeesAsync("Active");
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await alice.Page.GetByLabel("Only what was not delivered").UncheckAsync();
        await DeliveredAsync(alice, server, "Delivered");

        await alice.ClickAsync($"Remove it: {server.Url}");
        await alice.SeesAsync("There is no webhook.");
    }

    [Fact]
    public async Task Queue_OfAPartner_IsSentTheTestOnceItsRoleHasTheTrustThatWasShown()
    {
        await exchange.RequireAsync();
        var partner = new PartnerQueue(host, "receipts-of-the-page");
        var alice = exchange.Alice;
        await alice.GoAsync("webhooks");
        await AddAsync(alice, partner.Queue, "arn:aws:iam::000000000000:role/receipts");
        await alice.SeesAsync("Give the ARN of a standard queue of SQS");
        await AddAsync(alice, partner.Queue, partner.Role);
        await alice.SeesAsync("Its external id: fairshare-");
        await alice.SeesAsync("Not tested yet");
        var trust = await alice.Page.Locator("code.trust").InnerTextAsync();
        await alice.ClickAsync($"Test: {partner.Queue}");
        await alice.SeesAsync("The role of a queue must trust the service with this webhook’s external id and no other");
        await alice.SeesAsync("The role cannot be assumed with the external id that the registration gave.");

        await partner.DeployAsync(trust);
        await alice.ClickAsync($"Test: {partner.Queue}");
        await alice.SeesAsync("The queue took the ping: messages are delivered.");

        await alice.SeesAsync("Active");
        Assert.Equal("ping", $"{(await partner.TakeAsync())["type"]}");
        await alice.ClickAsync($"Remove it: {partner.Queue}");
        await alice.SeesAsync("There is no webhook.");
        Assert.DoesNotContain("whsec_", await alice.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_WhereTheListCannotBeReadAnew_IsShownAllTheSame()
    {
        await exchange.RequireAsync();
        using var server = new WebhookServer();
        var alice = exchange.Alice;
        await alice.GoAsync("webhooks");
        await alice.Page.RouteAsync(
            "**/api/webhooks",
            route => route.Request.Method == "GET" ? route.FulfillAsync(new() { Status = 500, Body = "" }) : route.FallbackAsync()
        );

        await alice.FillAsync("Address of your server", server.Url);
        await alice.ClickAsync("Add a webhook");
        await alice.SeesAsync("Its secret, shown only now: whsec_");

        await alice.Page.UnrouteAllAsync();
        await alice.Page.ReloadAsync();
        await alice.ClickAsync($"Remove it: {server.Url}");
        await alice.SeesAsync("There is no webhook.");
    }

    [Fact]
    public async Task Notices_ToAnAddress_AreSentOnceTheMailedCodeIsGiven()
    {
        await exchange.RequireAsync();
        const string Address = "office@page.example.com";
        await using var reader = await host.JoinAsync();
        await reader.GoAsync("notices");
        await reader.FillAsync("E-mail address", Address);
        await reader.ClickAsync("Save");
        await reader.FillAsync("Code from the mail", "AAAAA-AAAAA");
        await reader.ClickAsync("Confirm the address");
        await reader.SeesAsync("This is not the code of the last mail");
        var code = (await MailAsync(Address, "The code is ")).Split("The code is ")[1].Split(',')[0];
        await reader.FillAsync("Code from the mail", code);
        await reader.ClickAsync("Confirm the address");
        await reader.SeesAsync("The address is confirmed.");

        await exchange.Alice.SendAsync(host.Write("notice-of-nothing.txt", "An offer.\n"u8), reader.Address);

        var mail = await MailAsync(Address, "A document waits for you");
        Assert.DoesNotContain("notice-of-nothing", mail, StringComparison.Ordinal);
        Assert.Contains("\r\nList-Unsubscribe: <http", mail, StringComparison.Ordinal);
        await reader.ClickAsync("Send no more");
        await reader.SeesAsync("No notices are sent.");
    }

    private static async Task AddAsync(Person person, string queue, string role)
    {
        await person.FillAsync("The queue’s ARN", queue);
        await person.FillAsync("The role’s ARN", role);
        await person.ClickAsync("Add a queue");
    }

    // What is delivered meanwhile is seen when it is asked for again.
    private static async Task DeliveredAsync(Person person, WebhookServer server, string state)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(100))
        {
            await person.GoAsync("keys");
            await person.GoAsync("webhooks");
            await person.ClickAsync($"Deliveries: {server.Url}");
            await person.SeesAsync(person.Page.Locator("#dead"));
            if ((await person.ReadAsync()).Contains(state, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"{state} did not come: {await person.ReadAsync()}");
    }

    private async Task<string> MailAsync(string address, string part)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(100))
        {
            var mails = Directory.Exists(host.Mailbox) ? Directory.GetFiles(host.Mailbox, "*.eml").Select(File.ReadAllText) : [];
            if (
                mails.FirstOrDefault(mail => mail.Contains($"To: {address}\r\n", StringComparison.Ordinal) && mail.Contains(part)) is
                { } found
            )
            {
                return found;
            }
        }

        throw new InvalidOperationException($"No mail to {address} has: {part}");
    }
}
