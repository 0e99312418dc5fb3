using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>Whom one has sent to before: an address stays the party's that had it.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class ContactTests(PageHost host, CompletedExchange exchange)
{
    [Fact]
    public async Task Contact_OfAnEarlierExchange_IsAddedWithoutAskingWhoseTheAddressIs()
    {
        await exchange.RequireAsync();
        var (alice, bob, asked) = (exchange.Alice, exchange.Bob, 0);
        await alice.SendAsync(host.Write("first.txt", "First.\n"u8), bob.Address);
        await alice.Page.ReloadAsync();
        await alice.Page.RouteAsync(
            "**/parties/lookup",
            route =>
            {
                asked++;
                return route.ContinueAsync();
            }
        );

        await alice.GoAsync("send");
        await alice.ClickAsync($"Add: {bob.Address}");
        await alice.Page.GetByLabel("Drop or choose files").SetInputFilesAsync(host.Write("second.txt", "Second.\n"u8));
        await alice.ClickAsync("Sign and send");
        await alice.SeesAsync("second.txt was deposited.");

        Assert.Equal(0, asked);
        await alice.Page.UnrouteAllAsync();
    }

    [Fact]
    public async Task Address_ThatAnotherPartyHasNow_IsRefusedUntilTheContactIsForgotten()
    {
        await exchange.RequireAsync();
        var (alice, bob) = (exchange.Alice, exchange.Bob);
        await using var carol = await host.JoinAsync();
        var other = await carol.Page.Locator("button.id").First.GetAttributeAsync("title");
        await alice.SendAsync(host.Write("first.txt", "First.\n"u8), bob.Address);
        await alice.Page.RouteAsync(
            "**/parties/lookup",
            route => route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"party":"{{other}}"}""" })
        );

        await alice.GoAsync("home");
        await AddAsync(alice, bob.Address);
        await alice.SeesAsync("This address was another party’s when you used it before.");
        Assert.Equal(0, await RecipientsAsync(alice));

        await alice.ClickAsync($"Forget: {bob.Address}");
        await AddAsync(alice, bob.Address);
        await alice.SeesAsync(alice.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }));
        await alice.ClickAsync($"Forget: {bob.Address}");
        await alice.Page.UnrouteAllAsync();
    }

    private static async Task AddAsync(Person person, string address)
    {
        await person.GoAsync("send");
        await person.FillAsync("E-mail address or id", address);
        await person.ClickAsync("Add");
    }

    private static Task<int> RecipientsAsync(Person person) =>
        person.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).CountAsync();
}
