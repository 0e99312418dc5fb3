using System.Text.Json.Nodes;
using FairShare.Testing;
using TemplateHost.Testing.Fuzzing;
using Xunit;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>Whatever a client sends to the service is answered as the service says that it answers.</summary>
public sealed class ServiceFuzzTests(ITestOutputHelper output)
{
    private const int ShortForm = 450;

    [Fact]
    public async Task Api_AnyRequest_IsAnsweredOrRefusedAndARefusalChangesNothing()
    {
        var operations = ApiOperation.Read("openapi.json");
        var recorded = new RecordedCalls(operations);
        await using var host = await TestHost.StartAsync(wire: recorded.Wire);
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        await TestLimits.RaiseAsync(alice, 1000);
        await TestLimits.RaiseAsync(bob, 1000);
        await SpeakAsync(alice, bob);

        var draw = new RequestDraw(operations, recorded, [alice.AccessToken, bob.AccessToken], [alice.Signer, bob.Signer]);
        var fuzz = new RequestFuzz(host.Embedded, draw, async request => (await host.SendAsync(request)).Status);
        await fuzz.RunAsync(FuzzPlan.Of(ShortForm));
        output.WriteLine($"{fuzz}");
    }

    /// <summary>Something in each state, so that what is drawn is about something.</summary>
    private static async Task SpeakAsync(TestParty alice, TestParty bob)
    {
        var pending = await TestDocument.RequestUploadAsync(alice, null, bob);
        await pending.UploadAsync();
        await TestDocument.DepositAsync(alice, bob);
        await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        var completed = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        (await completed.SubmitReceiptAsync()).Require(200);
        (await completed.Downloader.GetAsync($"/exchanges/{completed.Id}/evidence")).Require(200);
        var declined = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        (await declined.DeclineAsync()).Require(200);
        (await TestVaultItem.StoreAsync(alice)).ToString();
        var item = await TestVaultItem.StoreAsync(alice);
        (await item.OpenAsync()).Require(200);
        (await alice.RegisterHeldKeyAsync()).Require(201);
        (await alice.PostAsync("/webhooks", new JsonObject { ["url"] = "http://127.0.0.1:9/hook" })).Require(201);
        (await bob.PostAsync("/parties/lookup/address")).Require(200);
        (await alice.PostAsync("/parties/lookup", new JsonObject { ["email"] = "bob@example.com" })).Require(200);
    }
}
