using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>Two people at two browsers exchange a document for a receipt.</summary>
public sealed class ExchangeTests(PageHost host)
{
    [Fact]
    public async Task Exchange_OfTwoBrowsers_GivesBothWhatTheCommandVerifies()
    {
        await using var alice = await host.JoinAsync();
        await using var bob = await host.JoinAsync();
        var contract = host.Write("contract.txt", "Alice sells Bob a bicycle.\n"u8);

        await alice.SendAsync(contract, bob.Address);
        await bob.AskAsync();
        Assert.Contains("contract.txt", await bob.ReadAsync(), StringComparison.Ordinal);
        await bob.SignAsync();
        var saved = await bob.SaveDocumentAsync();
        var bobs = await bob.SaveAsync("Save the evidence");

        await alice.GoAsync("receipts");
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "contract.txt" }).ClickAsync();
        var alices = await alice.SaveAsync("Save the evidence");

        Assert.Equal(File.ReadAllBytes(contract), File.ReadAllBytes(saved));
        await VerifyAsync(bobs, saved);
        await VerifyAsync(alices, contract);
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }

    private async Task VerifyAsync(string bundle, string document)
    {
        var command = new BuiltCommand(host.Files.At("verifier"));
        var run = await command.RunAsync("verify", bundle, "--store-key", await host.StoreKeyAsync(), "--document", document);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("Verified, by the store", run.Output, StringComparison.Ordinal);
    }
}
