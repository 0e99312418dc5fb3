using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>What goes wrong at people's browsers.</summary>
public sealed class BadInputTests(PageHost host)
{
    [Fact]
    public async Task Troubles_OfOnePerson_AreSaidAndChangeNothing()
    {
        await using var alice = await host.JoinAsync(ForeignTexts.Markup);
        await using var bob = await host.JoinAsync();

        await new ForeignTexts(host).ShowAsync(alice, bob);
        await alice.SendAsync(host.Write("late.txt", "Late.\n"u8), bob.Address);
        await WrongClockAsync(bob);
        await TwoTabsAsync(bob);
        await FullStorageAsync(bob);
        await LostKeyAsync(bob);
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }

    [Theory]
    [InlineData("nobody@page.example.com", "Nobody lets himself be found by this address.")]
    [InlineData("no party", "A recipient is an e-mail address, or an id")]
    public async Task Recipient_ThatIsNone_IsRefused(string recipient, string said)
    {
        await using var alice = await host.JoinAsync();
        await alice.GoAsync("send");
        await alice.FillAsync("E-mail address or id", recipient);
        await alice.ClickAsync("Add");

        await alice.SeesAsync(said);
        Assert.Equal(0, await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).CountAsync());
    }

    private static async Task WrongClockAsync(Person bob)
    {
        await bob.AskAsync();
        await bob.Page.EvaluateAsync("{ const now = Date.now; globalThis.right = now; Date.now = () => now() + 120000; }");
        await bob.ClickAsync("Sign the receipt");
        await bob.SeesAsync("The clock of this device is more than a minute off.");
        await bob.Page.EvaluateAsync("Date.now = globalThis.right");
        await bob.GoAsync("for-me");
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "Read and answer" }).ClickAsync();
        await bob.SignAsync();
    }

    // Both see what the other did, and the receipt is given once.
    private static async Task TwoTabsAsync(Person bob)
    {
        var address = bob.Page.Url;
        var second = await bob.Context.NewPageAsync();
        await second.GotoAsync(address);
        await second.GetByLabel("E-mail address").FillAsync(bob.Address);
        await second.GetByLabel("Password").FillAsync(Person.Password);
        await second.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Download and verify the document" }).WaitForAsync();
        await second.EvaluateAsync(
            """
            async id => {
              const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('downloads', { create: true });
              const writer = await (await folder.getFileHandle(id, { create: true })).createWritable();
              globalThis.writer = writer;
            }
            """,
            address.Split('/')[^1]
        );
        await bob.ClickAsync("Download and verify the document");
        await bob.SeesAsync("Another tab of this browser downloads the document.");
        await second.CloseAsync();
    }

    // The browsers of tests keep private files in memory, of which they count nothing: so the file itself says that it is full.
    private static async Task FullStorageAsync(Person bob)
    {
        const string Write = "file.write(octets, { at })";
        await bob.Context.RouteAsync(
            "**/transfer/place.js",
            async route =>
            {
                var answer = await route.FetchAsync();
                var script = await answer.TextAsync();
                Assert.Contains(Write, script, StringComparison.Ordinal);
                var full = script.Replace(Write, "{ throw new DOMException('full', 'QuotaExceededError'); }", StringComparison.Ordinal);
                await route.FulfillAsync(new() { Response = answer, Body = full });
            }
        );
        await bob.ClickAsync("Download and verify the document");
        await bob.SeesAsync("This device has no room left for the page.");
        Assert.Equal(0, await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Save the document" }).CountAsync());
        await bob.Context.UnrouteAllAsync();
        _ = await bob.SaveDocumentAsync();
    }

    private static async Task LostKeyAsync(Person bob)
    {
        var session = await bob.Context.NewCDPSessionAsync(bob.Page);
        var cleared = new Dictionary<string, object> { ["origin"] = new Uri(bob.Page.Url).GetLeftPart(UriPartial.Authority) };
        cleared["storageTypes"] = "indexeddb";
        await session.SendAsync("Storage.clearDataForOrigin", cleared);
        await bob.Page.ReloadAsync();
        await bob.GoAsync("send");
        await bob.SeesAsync("You have no key in this browser yet, and can sign nothing.");
        await bob.GoAsync("keys");
        await bob.SeesAsync("On another device.");
        await bob.SeesAsync("nobody can restore it");
        await bob.MakeKeyAsync();
    }
}
