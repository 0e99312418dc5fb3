using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>The page by the keyboard alone: nothing is clicked.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class KeyboardTests(PageHost host, CompletedExchange exchange)
{
    [Fact]
    public async Task SignIn_ByKeyboardAlone_SkipsToItsContentAndSignsIn()
    {
        await exchange.RequireAsync();
        await using var person = await host.OpenAsync();
        await person.GoAsync("sign-in");
        await person.SeesAsync(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Exact = true }));
        Assert.Equal("H1", await FocusedAsync(person, "tagName"));

        await person.Page.Keyboard.PressAsync("Tab");
        await person.Page.Keyboard.TypeAsync(exchange.Bob.Address);
        await person.Page.Keyboard.PressAsync("Tab");
        await person.Page.Keyboard.TypeAsync(Person.Password);
        await person.Page.Keyboard.PressAsync("Enter");

        await person.SeesAsync("These documents wait for you.");
        Assert.Equal("H1", await FocusedAsync(person, "tagName"));
        await person.Page.ReloadAsync();
        await person.SeesAsync("These documents wait for you.");
        await person.Page.Locator(".skip").FocusAsync();
        await person.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await FocusedAsync(person, "id"));
    }

    [Fact]
    public async Task Exchange_ByKeyboardAlone_IsSentReadSignedAndSaved()
    {
        await exchange.RequireAsync();
        var file = host.Write("typed.txt", "Written without a mouse.\n"u8);
        var (alice, bob) = (new Keyboard(exchange.Alice), new Keyboard(exchange.Bob));

        await alice.OpenAsync("Send");
        await alice.TypeAsync("E-mail address or id", exchange.Bob.Address);
        await alice.PressAsync("Enter");
        await exchange.Alice.SeesAsync(exchange.Alice.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First);
        await alice.ReachAsync(exchange.Alice.Page.GetByLabel("Drop or choose files"));
        var chooser = await exchange.Alice.Page.RunAndWaitForFileChooserAsync(() => alice.PressAsync("Space"));
        await chooser.SetFilesAsync(file);
        await alice.EnterAsync(AriaRole.Button, "Sign and send");
        await exchange.Alice.SeesAsync("typed.txt was deposited.");

        await bob.OpenAsync("For me");
        await bob.ReachAsync(RowOf(exchange.Bob, "typed.txt").GetByRole(AriaRole.Button, new() { Name = "Ask for it" }));
        await bob.PressAsync("Enter");
        await bob.ReachAsync(AriaRole.Button, "Sign the receipt");
        await bob.PressAsync("Space");
        await bob.EnterAsync(AriaRole.Button, "Download and verify the document");
        await bob.ReachAsync(AriaRole.Button, "Save the document");
        var saved = await exchange.Bob.Page.RunAndWaitForDownloadAsync(() => bob.PressAsync("Enter"));
        await bob.ReachAsync(AriaRole.Button, "Save the evidence");
        await exchange.Bob.Page.RunAndWaitForDownloadAsync(() => bob.PressAsync("Enter"));

        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(await saved.PathAsync()));
    }

    private static ILocator RowOf(Person person, string name) => person.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });

    private static Task<string> FocusedAsync(Person person, string member) =>
        person.Page.EvaluateAsync<string>($"document.activeElement.{member}");
}
