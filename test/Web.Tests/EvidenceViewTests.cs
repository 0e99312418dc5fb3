using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>The viewer of evidence, which needs no sign-in.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class EvidenceViewTests(PageHost host, CompletedExchange exchange)
{
    [Fact]
    public async Task Bundle_OfTheCommand_IsVerifiedLineByLine()
    {
        var bundle = await BundleOfTheCommandAsync();
        await using var judge = await host.OpenAsync();
        await judge.GoAsync("evidence");

        await PickAsync(judge, "evidence", bundle);
        await judge.SeesAsync("Consistent, but nobody vouches for the store’s key");
        await judge.Page.GetByLabel("The store’s key").FillAsync(await host.StoreKeyAsync());
        await PickAsync(judge, "document", exchange.Contract);

        await judge.SeesAsync(judge.Page.GetByRole(AriaRole.Heading, new() { Name = "Verified", Exact = true }));
        var command = new BuiltCommand(host.Files.At("judge"));
        var told = await command.RunAsync("verify", bundle, "--store-key", await host.StoreKeyAsync(), "--document", exchange.Contract);
        var lines = told.Output.Split('\n').Where(line => line.StartsWith("ok", StringComparison.Ordinal)).ToList();
        Assert.Equal(lines.Count, await judge.Page.Locator(".checks li.passed").CountAsync());
        // Both parties' keys were made in the page, and either verifier says so.
        Assert.Equal(2, lines.Count(line => line.EndsWith("made in a web page", StringComparison.Ordinal)));
        Assert.Equal(2, await judge.Page.Locator(".checks").GetByText("made in a web page").CountAsync());
        await judge.SeesAsync("Key made in a web page");
        Assert.Empty(judge.Faults);
        Assert.DoesNotContain(judge.Requests, url => url.Contains("/exchanges", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bundle_OfWhichOneByteDiffers_IsRefused()
    {
        var content = await File.ReadAllBytesAsync(await BundleOfTheCommandAsync(), TestContext.Current.CancellationToken);
        content[content.Length / 2] ^= 1;
        await using var judge = await host.OpenAsync();
        await judge.GoAsync("evidence");

        await PickAsync(judge, "evidence", host.Write("changed.zip", content));

        await judge.SeesAsync("Refused: the evidence does not hold");
        Assert.Equal(1, await judge.Page.Locator(".checks li.failed").CountAsync());
    }

    [Fact]
    public async Task Bundle_Of200Megabytes_IsNotEvenRead()
    {
        await using var judge = await host.OpenAsync();
        await judge.GoAsync("evidence");
        var huge = host.Write("huge.zip", []);
        using (var file = File.OpenWrite(huge))
        {
            file.SetLength(200_000_000);
        }

        await PickAsync(judge, "evidence", huge);

        await judge.SeesAsync("bundles have at most 64 MiB");
    }

    [Fact]
    public async Task Bundle_InAWindowThatKeepsNothing_IsVerifiedAndSigningIsNot()
    {
        var bundle = await BundleOfTheCommandAsync();
        await using var judge = await host.OpenAsync();
        await judge.Context.AddInitScriptAsync("Object.defineProperty(globalThis, 'indexedDB', { value: undefined })");
        await judge.Page.ReloadAsync();
        await judge.GoAsync("evidence");

        await PickAsync(judge, "evidence", bundle);
        await judge.SeesAsync("Consistent, but nobody vouches");
        await judge.GoAsync("sign-in");
        await judge.SignInAsync(exchange.Bob.Address);

        await judge.SeesAsync("perhaps it is a private window");
    }

    // The receiver of the page's exchange, at a terminal.
    private async Task<string> BundleOfTheCommandAsync()
    {
        await exchange.RequireAsync();
        var (bob, bundle) = (new BuiltCommand(host.Files.At("bob")), host.Files.At("of-the-command.zip"));
        if (!File.Exists(bundle))
        {
            _ = (await bob.RunAsync("login", "--email", exchange.Bob.Address, "--service", host.Url, "--no-key", "--json")).Answer;
            _ = (await bob.RunAsync("evidence", exchange.Id, "--out", bundle, "--json")).Answer;
        }

        return bundle;
    }

    private static Task PickAsync(Person person, string what, string path) =>
        person.Page.GetByLabel($"Drop or choose the {what}").SetInputFilesAsync(path);
}
