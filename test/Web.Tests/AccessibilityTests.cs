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

    private static readonly string[] OfAnybody = ["", "sign-in", "register", "recover", "open", "audit", "evidence"];
    private static readonly string[] OfParties = ["keys", "send", "for-me", "sent", "received", "receipts", "vault", "notices", "webhooks"];

    [Theory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Views_ByAxe_HaveNoViolation(ColorScheme scheme, int width)
    {
        await exchange.RequireAsync();
        await using var stranger = await host.OpenAsync(options => options.BypassCSP = true);
        await CheckAsync(stranger, OfAnybody, scheme, width);
        await CheckReportAsync(stranger, scheme, width);
        await CheckGermanAsync(stranger, scheme, OfAnybody);

        await using var bob = await host.OpenAsync(options => options.BypassCSP = true);
        await bob.GoAsync("sign-in");
        await bob.SignInAsync(exchange.Bob.Address);
        await bob.SeesAsync("These documents wait for you.");
        await CheckAsync(bob, [.. OfParties, $"exchange/{exchange.Id}"], scheme, width);
        var challenge = await CheckChallengeAsync(bob, scheme, width);
        await CheckGermanAsync(bob, scheme, [.. OfParties, $"exchange/{exchange.Id}", challenge]);
    }

    // Once is enough: words are the same in all colours. A view's elements that are in no walk have the texts of TextsTests.
    private async Task CheckGermanAsync(Person person, ColorScheme scheme, string[] views)
    {
        if (scheme == ColorScheme.Light)
        {
            await new GermanPage(Path.GetFileName(exchange.Contract), NameOf(scheme)).RequireAsync(person, views);
        }
    }

    private static string NameOf(ColorScheme scheme) => $"offer-{scheme}.txt";

    private async Task<string> CheckChallengeAsync(Person bob, ColorScheme scheme, int width)
    {
        var name = NameOf(scheme);
        await exchange.Alice.SendAsync(host.Write(name, "An offer.\n"u8), exchange.Bob.Address);
        await bob.GoAsync("for-me");
        await bob.SeesAsync(name);
        await CheckAsync(bob, ["for-me"], scheme, width);
        await bob.AskAsync();
        var challenge = bob.Page.Url.Split("#/")[1];
        await CheckAsync(bob, [challenge], scheme, width, "challenge");
        return challenge;
    }

    // Charts, tables and findings of an audit's files.
    private async Task CheckReportAsync(Person auditor, ColorScheme scheme, int width)
    {
        var report = host.Write("findings.jsonl", """{"code":"not-in-log","subject":"EXCHANGE#a","detail":"A token is missing."}"""u8);
        var exchanges = host.Write("exchanges.csv", "exchange,state,openedAt\nEXCHANGE#a,Completed,2026-11-26T17:10:55.638Z\n"u8);
        await auditor.GoAsync("audit");
        await auditor.Page.GetByLabel("Drop or choose findings.jsonl").SetInputFilesAsync([report, exchanges]);
        await auditor.SeesAsync("Findings by kind");
        await auditor.Page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
        await JudgeAsync(auditor, "audit-report", scheme, width, name: "audit-report");
    }

    private async Task CheckAsync(Person person, string[] views, ColorScheme scheme, int width, string? name = null)
    {
        await person.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await person.Page.SetViewportSizeAsync(width, 800);
        foreach (var view in views)
        {
            await person.ViewAsync(view);
            await JudgeAsync(person, view, scheme, width, name ?? (view == "" ? "home" : view.Split('/')[0]));
        }
    }

    private static async Task JudgeAsync(Person person, string view, ColorScheme scheme, int width, string name)
    {
        await person.Page.AddScriptTagAsync(new() { Path = Path.Combine(Tools.PageSources, "node_modules", "axe-core", "axe.min.js") });
        var violations = await person.Page.EvaluateAsync<string>(Rules);
        Assert.True(violations == "[]", $"#/{view} in {scheme} at {width}: {violations}");
        Assert.True(await person.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"#/{view} is too wide.");
        await Screenshots.KeepAsync(person.Page, name, scheme, width);
    }
}
