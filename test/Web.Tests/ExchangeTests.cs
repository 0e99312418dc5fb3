using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>What an exchange gives to two people at two browsers.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class ExchangeTests(PageHost host, CompletedExchange exchange)
{
    [Fact]
    public async Task Exchange_OfTwoBrowsers_GivesBothWhatTheCommandVerifies()
    {
        await exchange.RequireAsync();
        var (alice, bob) = (exchange.Alice, exchange.Bob);

        await exchange.ReloadAsync();
        var saved = await bob.SaveDocumentAsync();
        var received = await bob.SaveAsync("Save the evidence");
        await alice.GoAsync("receipts");
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "contract.txt" }).ClickAsync();
        var receipt = await alice.SaveAsync("Save the evidence");

        Assert.Equal(File.ReadAllBytes(exchange.Contract), File.ReadAllBytes(saved));
        await VerifyAsync(received, saved);
        await VerifyAsync(receipt, exchange.Contract);
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }

    [Fact]
    public async Task Page_InAWholeExchange_AsksNobodyButTheServiceAndItsStores()
    {
        await exchange.RequireAsync();
        string[] allowed = [host.PageUrl, host.AwsUrl, "blob:" + host.PageUrl];

        var asked = exchange.Alice.Requests.Concat(exchange.Bob.Requests);

        Assert.DoesNotContain(asked, url => !allowed.Any(origin => url.StartsWith(origin, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Page_OfWhoGoesOnWhileAViewOpens_ShowsTheLater()
    {
        await exchange.RequireAsync();
        var page = exchange.Alice.Page;
        var (asked, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await exchange.Alice.GoAsync("receipts");
        await page.RouteAsync(
            $"**/api/exchanges/{exchange.Id}",
            async route =>
            {
                asked.TrySetResult();
                await release.Task;
                await route.ContinueAsync();
            }
        );

        await exchange.Alice.GoAsync($"exchange/{exchange.Id}");
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await exchange.Alice.GoAsync("keys");
        var keys = page.GetByRole(AriaRole.Heading, new() { Name = "Keys", Level = 1 });
        await exchange.Alice.SeesAsync(keys);
        var evidence = page.WaitForResponseAsync($"**/api/exchanges/{exchange.Id}/evidence");
        release.SetResult();
        await (await evidence).FinishedAsync();
        // The view that was left verifies what came, and would be drawn. On a machine on which that takes longer nothing is seen of it.
        await page.WaitForTimeoutAsync(1000);

        Assert.True(await keys.IsVisibleAsync());
        await page.UnrouteAllAsync();
    }

    private async Task VerifyAsync(string bundle, string document)
    {
        var command = new BuiltCommand(host.Files.At("verifier"));
        var run = await command.RunAsync("verify", bundle, "--store-key", await host.StoreKeyAsync(), "--document", document);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("Verified, by the store", run.Output, StringComparison.Ordinal);
    }
}
