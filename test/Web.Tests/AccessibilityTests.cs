using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>Every view by axe-core's rules of WCAG 2.2 AA, in light and dark, on a screen and on a phone.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class AccessibilityTests(PageHost host, CompletedExchange exchange)
{
    private const string Rules =
        "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
        + ".then(found => JSON.stringify(found.violations.map(one => [one.id, one.nodes.map(node => node.html)])))";

    private static readonly string[] OfAnybody = ["", "sign-in", "register", "recover", "evidence"];
    private static readonly string[] OfParties = ["keys", "send", "for-me", "sent", "received", "receipts", "notices", "webhooks"];

    [Theory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Views_ByAxe_HaveNoViolation(ColorScheme scheme, int width)
    {
        await exchange.RequireAsync();
        await using var stranger = await host.OpenAsync(options => options.BypassCSP = true);
        await CheckAsync(stranger, OfAnybody, scheme, width);

        await using var bob = await host.OpenAsync(options => options.BypassCSP = true);
        await bob.GoAsync("sign-in");
        await bob.SignInAsync(exchange.Bob.Address);
        await bob.SeesAsync("These documents wait for you.");
        await CheckAsync(bob, [.. OfParties, $"exchange/{exchange.Id}"], scheme, width);
        await CheckChallengeAsync(bob, scheme, width);
    }

    [Fact]
    public async Task Page_ByKeyboardAlone_SkipsToItsContentAndSignsIn()
    {
        await exchange.RequireAsync();
        await using var person = await host.OpenAsync();
        await person.GoAsync("sign-in");
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
    public async Task Page_InGerman_HasNoEnglishWord()
    {
        await host.RequireAsync();
        await using var person = await host.OpenAsync(options => options.Locale = "de-DE");

        await person.GoAsync("sign-in");

        await person.SeesAsync("E-Mail-Adresse");
        Assert.Equal("de", await person.Page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.DoesNotContain("Password", await person.ReadAsync(), StringComparison.Ordinal);
    }

    private static Task<string> FocusedAsync(Person person, string member) =>
        person.Page.EvaluateAsync<string>($"document.activeElement.{member}");

    private async Task CheckChallengeAsync(Person bob, ColorScheme scheme, int width)
    {
        var name = $"offer-{scheme}.txt";
        await exchange.Alice.SendAsync(host.Write(name, "An offer.\n"u8), exchange.Bob.Address);
        await bob.GoAsync("for-me");
        await bob.SeesAsync(name);
        await CheckAsync(bob, ["for-me"], scheme, width);
        await bob.AskAsync();
        await CheckAsync(bob, [bob.Page.Url.Split("#/")[1]], scheme, width, "challenge");
    }

    private async Task CheckAsync(Person person, string[] views, ColorScheme scheme, int width, string? name = null)
    {
        await person.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await person.Page.SetViewportSizeAsync(width, 800);
        foreach (var view in views)
        {
            await person.GoAsync(view);
            await person.Page.WaitForFunctionAsync("document.activeElement.tagName === 'H1'");
            await person.Page.AddScriptTagAsync(new() { Path = Path.Combine(Tools.PageSources, "node_modules", "axe-core", "axe.min.js") });
            var violations = await person.Page.EvaluateAsync<string>(Rules);

            Assert.True(violations == "[]", $"#/{view} in {scheme} at {width}: {violations}");
            Assert.True(
                await person.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                $"#/{view} is too wide."
            );
            await Screenshots.KeepAsync(person.Page, name ?? view.Split('/')[0], scheme, width);
        }
    }
}
