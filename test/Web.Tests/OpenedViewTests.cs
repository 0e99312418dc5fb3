using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>Views that are opened where something is in the way, and left by who signs out.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class OpenedViewTests(PageHost host, CompletedExchange exchange)
{
    [Fact]
    public async Task View_ThatCannotBeFetched_IsSaidAndAnotherIsOpened()
    {
        await using var stranger = await host.OpenAsync();
        await stranger.Page.RouteAsync("**/views/register.js", route => route.AbortAsync());

        await stranger.GoAsync("register");
        await stranger.SeesAsync("That did not work.");

        await stranger.GoAsync("evidence");
        await stranger.SeesAsync(stranger.Page.GetByLabel("Drop or choose the evidence (a .zip file)"));
    }

    [Fact]
    public async Task SignIn_AtAnAddressThatIsNotWellEncoded_LeadsToWhatWaits()
    {
        await exchange.RequireAsync();
        await using var bob = await host.OpenAsync();
        await bob.GoAsync("sign-in/%");
        await bob.SignInAsync(exchange.Bob.Address);

        await bob.SeesAsync("These documents wait for you.");
        Assert.Empty(bob.Faults);
    }

    [Fact]
    public async Task View_OfWhoSignsOut_IsDrawnForNobody()
    {
        await exchange.RequireAsync();
        await using var bob = await host.OpenAsync();
        await bob.GoAsync("keys");
        await bob.SignInAsync(exchange.Bob.Address);
        await bob.SeesAsync("Your id:");
        var goOn = new TaskCompletionSource();
        await bob.Page.RouteAsync(
            host.AwsUrl + "/**",
            async route =>
            {
                await goOn.Task;
                await route.ContinueAsync();
            }
        );

        // Nobody is signed in any more, and the user pool has not answered yet: what is drawn now has no party.
        await bob.ClickAsync("Sign out");
        await bob.Page.Locator("button.id").First.ClickAsync();
        await bob.Page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        goOn.SetResult();

        await bob.SeesAsync(bob.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Exact = true }));
        Assert.Empty(bob.Faults);
    }
}
