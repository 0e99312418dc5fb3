using System.Text.Json.Nodes;
using FairShare.Scenarios.Tests.Log;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Exchanges with each ending, one that does not exist, and those of a party whose counters are at their limits.</summary>
internal static class ExchangeTour
{
    public static async Task ExchangeAsync(TestParty alice, TestParty bob)
    {
        var document = await TestDocument.RequestUploadAsync(alice, null, bob);
        await document.UploadAsync();
        var origin = await document.SignAsync();
        var stamp = Convert.ToBase64String(await Timestamps.Stamping.StampAsync(alice, origin.Text));
        (await document.SubmitOriginAsync(origin.Text, stamp)).Require(200);
        (await alice.GetAsync("/documents?role=uploader")).Require(200);
        (await bob.GetAsync("/documents")).Require(200);
        (await bob.GetAsync($"/documents/{document.Id}")).Require(200);
        var exchange = await TestExchange.RequestAsync(bob, document);
        (await bob.GetAsync("/exchanges")).Require(200);
        var receipt = (await exchange.SignAsync()).Text;
        stamp = Convert.ToBase64String(await Timestamps.Stamping.StampAsync(bob, receipt));
        var url = (await exchange.SubmitReceiptAsync(receipt, stamp)).Require(200).Text("filePath");
        await host(bob).GetByteArrayAsync(url);
        using var log = new LogWorld(bob.Host);
        await log.SettleAsync(exchange.Challenge.Hash);
        (await bob.Host.SendAsync(HttpMethod.Get, "/log/tile/0/999", null, null)).Require(404);
        (await bob.GetAsync($"/exchanges/{exchange.Id}")).Require(200);
        (await alice.GetAsync($"/exchanges/{exchange.Id}/evidence")).Require(200);
        var renewed = (await bob.PostAsync($"/exchanges/{exchange.Id}/download")).Require(200).Text("filePath");
        await host(bob).GetByteArrayAsync(renewed);
        (await alice.GetAsync($"/exchanges?document={document.Id}")).Require(200);
        (await alice.GetAsync("/inbox")).Require(200);
        (await bob.GetAsync("/inbox")).Require(200);

        static HttpClient host(TestParty party) => party.Host.Http;
    }

    public static async Task DeclineAsync(TestParty alice, TestParty bob)
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document);
        (await exchange.DeclineAsync()).Require(200);
    }

    public static async Task AbortAsync(TestParty alice, TestParty bob)
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);
        // The deadline is an hour away: only the abort's signal ends it now.
        if (await exchange.WaitForEndingAsync() != "Aborted")
        {
            throw new InvalidOperationException("The abort did not end the open exchange.");
        }

        // A repeat counts as a call.
        (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);
    }

    /// <summary>Whether it was just started is asked of the party's own notes.</summary>
    public static async Task AskForUnknownAsync(TestParty bob)
    {
        const string Unknown = "/exchanges/AAAAAAAAAAAAAAAAAAAAAA";
        (await bob.GetAsync(Unknown)).Require(404);
        (await bob.GetAsync($"{Unknown}/evidence")).Require(404);
        (await bob.PostAsync($"{Unknown}/download")).Require(404);
        var body = new JsonObject { ["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA", ["signature"] = "a.b.c" };
        (await bob.PostAsync($"{Unknown}/receipt", body.DeepClone())).Require(404);
        (await bob.PostAsync($"{Unknown}/decline", body)).Require(404);
    }

    /// <summary>A party whose counters say that it has used up what it may: what is really open is counted.</summary>
    public static async Task CountAnewAsync(TestHost host, TestParty alice)
    {
        using var dora = await TestParty.JoinAsync(host, "dora");
        var exchange = await TestExchange.RequestAsync(dora, await TestDocument.DepositAsync(alice, dora));
        (await exchange.SubmitReceiptAsync()).Require(200);
        var limits = Aws.Usage.UsageLimits.Default;
        await TestDocument.RequestUploadAsync(dora);
        await TestLimits.UseAsync(dora, "uploads", limits.PendingUploads);
        await TestDocument.RequestUploadAsync(dora);
        await TestLimits.UseAsync(dora, "exchanges", limits.OpenExchanges);
        await TestExchange.RequestAsync(dora, await TestDocument.DepositAsync(alice, dora));
    }
}
