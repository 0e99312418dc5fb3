using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>Exchanges that end otherwise than by a receipt: neither side gets anything, and both have the store's record.</summary>
public sealed class EndingTests(PageHost host)
{
    [Fact]
    public async Task Endings_OtherThanCompletion_GiveNeitherSideAnything()
    {
        await using var alice = await host.JoinAsync();
        await using var bob = await host.JoinAsync();
        foreach (var name in new[] { "expires.txt", "declined.txt", "withdrawn.txt" })
        {
            await alice.SendAsync(host.Write(name, "Something to be signed for.\n"u8), bob.Address);
        }

        var expiring = await AskAsync(bob, "expires.txt", deadlineSeconds: 5);
        await AskAsync(bob, "declined.txt");
        await bob.Page.GetByLabel("Or decline, because").SelectOptionAsync("wrong-recipient");
        await bob.ClickAsync("Decline");
        await EndsAsync(bob, "Declined", "The receiver declines");
        await bob.SeesAsync("The reason given: I am not the right recipient");

        await AskAsync(bob, "withdrawn.txt");
        await WithdrawAsync(alice, "withdrawn.txt");
        await EndsAsync(bob, "Aborted", "The store records an abort");

        await bob.GoAsync(expiring);
        await bob.SeesAsync("It is too late to sign.");
        bob.Context.SetDefaultTimeout(90_000);
        await EndsAsync(bob, "Expired", "The store records that the deadline passed");
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }

    private static async Task<string> AskAsync(Person person, string name, int? deadlineSeconds = null)
    {
        if (deadlineSeconds is { } seconds)
        {
            await person.Page.RouteAsync(
                "**/api/documents/*/exchanges",
                route => route.ContinueAsync(new() { PostData = System.Text.Encoding.UTF8.GetBytes($"{{\"deadlineSeconds\":{seconds}}}") })
            );
        }

        await person.GoAsync("for-me");
        var row = person.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });
        await row.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await person.SeesAsync("What you are asked to sign");
        await person.Page.UnrouteAllAsync();
        return person.Page.Url.Split("#/")[1];
    }

    private static async Task WithdrawAsync(Person person, string name)
    {
        await person.GoAsync("sent");
        var row = person.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name }).First;
        await row.GetByRole(AriaRole.Button, new() { Name = "Take it back…" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Take it back", Exact = true }).ClickAsync();
        await person.SeesAsync("Withdrawn");
    }

    private static async Task EndsAsync(Person person, string state, string record)
    {
        await person.SeesAsync(person.Page.Locator($"main .state.{state}"));
        await person.SeesAsync(record);
        await person.SeesAsync("Certificate of a fair exchange");
        foreach (var name in new[] { "Sign the receipt", "Download and verify the document" })
        {
            Assert.Equal(0, await person.Page.GetByRole(AriaRole.Button, new() { Name = name }).CountAsync());
        }
    }
}
