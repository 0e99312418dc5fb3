using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>Several files at once.</summary>
public sealed class SendTests(PageHost host)
{
    [Fact]
    public async Task Files_OneOfThemEmpty_AreSentUpToItAndTheRestOnceItIsGone()
    {
        await using var alice = await host.JoinAsync();
        await using var bob = await host.JoinAsync();
        string[] paths = [host.Write("first.txt", "1"u8), host.Write("empty.txt", []), host.Write("last.txt", "3"u8)];

        await alice.StartSendingAsync(paths, bob.Address);

        await alice.SeesAsync("The file is empty.");
        await alice.SeesAsync("first.txt was deposited.");
        Assert.Equal(["empty.txt", "last.txt"], await ChosenAsync(alice));

        await RowOf(alice, "empty.txt").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await alice.ClickAsync("Sign and send");
        await alice.SeesAsync("last.txt was deposited.");
        Assert.Empty(await ChosenAsync(alice));

        await bob.GoAsync("for-me");
        await bob.SeesAsync(RowOf(bob, "first.txt"));
        await bob.SeesAsync(RowOf(bob, "last.txt"));
        Assert.Empty(alice.Faults);
    }

    private static ILocator RowOf(Person person, string name) => person.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });

    private static async Task<IReadOnlyList<string>> ChosenAsync(Person person) =>
        await person.Page.Locator("form li bdi").AllInnerTextsAsync();
}
