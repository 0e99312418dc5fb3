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

    private async Task VerifyAsync(string bundle, string document)
    {
        var command = new BuiltCommand(host.Files.At("verifier"));
        var run = await command.RunAsync("verify", bundle, "--store-key", await host.StoreKeyAsync(), "--document", document);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("Verified, by the store", run.Output, StringComparison.Ordinal);
    }
}
