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

    [Fact]
    public async Task File_ThatIsResumed_LeavesTheListAndIsSentOnce()
    {
        await using var alice = await host.JoinAsync();
        await using var bob = await host.JoinAsync();
        var film = host.Write("film.bin", new byte[20_000_000]);
        await RefusePartsAsync(alice);
        await alice.StartSendingAsync([film, host.Write("note.txt", "3"u8)], bob.Address);
        await alice.SeesAsync("Interrupted uploads");
        await alice.Context.UnrouteAllAsync();

        await alice.Page.GetByLabel("Drop or choose the same file, to go on").SetInputFilesAsync(film);
        await alice.SeesAsync("film.bin was deposited.");
        Assert.Equal(["note.txt"], await ChosenAsync(alice));
        await alice.ClickAsync("Sign and send");
        await alice.SeesAsync("note.txt was deposited.");

        await bob.GoAsync("for-me");
        await bob.SeesAsync(RowOf(bob, "note.txt"));
        Assert.Equal(1, await RowOf(bob, "film.bin").CountAsync());
    }

    /// <summary>Has the object store refuse all parts but the first, which is taken once another was refused.</summary>
    private async Task RefusePartsAsync(Person person)
    {
        var parts = 0;
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await person.Context.RouteAsync(url => url.StartsWith(host.AwsUrl, StringComparison.Ordinal), AnswerAsync);

        async Task AnswerAsync(IRoute route)
        {
            if (route.Request.Method == "PUT" && Interlocked.Increment(ref parts) > 1)
            {
                await route.FulfillAsync(new() { Status = 403, Body = "<Error><Code>AccessDenied</Code></Error>" });
                refused.TrySetResult();
                return;
            }

            if (route.Request.Method == "PUT")
            {
                await refused.Task;
            }

            await route.ContinueAsync();
        }
    }

    private static ILocator RowOf(Person person, string name) => person.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });

    private static async Task<IReadOnlyList<string>> ChosenAsync(Person person) =>
        await person.Page.Locator("form li bdi").AllInnerTextsAsync();
}
