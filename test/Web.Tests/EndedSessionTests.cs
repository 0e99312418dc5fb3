using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>A session that ends while something is being sent: after the sign-in nothing has to be begun anew.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class EndedSessionTests(PageHost host, CompletedExchange exchange)
{
    private const string Asked = "Sign in first; then it goes on where you wanted to be.";

    [Fact]
    public async Task Session_ThatEndsBeforeTheAnnouncement_LeavesFilesAndRecipients()
    {
        var alice = await SendRefusedAsync("late.txt");
        await alice.SignInAsync();

        await alice.ClickAsync("Sign and send");
        await alice.SeesAsync("late.txt was deposited.");
    }

    [Fact]
    public async Task Session_ThatEndsBetweenTwoParts_LosesNoneThatIsThere()
    {
        await exchange.RequireAsync();
        var alice = exchange.Alice;
        var (sent, asked) = (0, 0);
        alice.Context.RequestFinished += (_, request) => sent += request.Method == "PUT" ? 1 : 0;
        await AskForEachPartAsync(alice);
        await alice.Page.RouteAsync(
            "**/api/documents/*/parts",
            route => Interlocked.Increment(ref asked) == 2 ? RefuseAsync(route) : route.ContinueAsync()
        );

        await alice.StartSendingAsync(host.Write("film.bin", new byte[20_000_000]), exchange.Bob.Address);
        await alice.SeesAsync(Asked);
        Assert.Equal(1, sent);
        await alice.SignInAsync();
        await alice.SeesAsync("film.bin was deposited.");

        // Three in all: the first was there, and was not sent again.
        Assert.Equal(3, sent);
        await alice.Context.UnrouteAllAsync();
        await alice.Page.UnrouteAllAsync();
        await alice.Page.ReloadAsync();
    }

    [Fact]
    public async Task Draft_OfWhoDoesNotComeBack_IsShownToNobodyElse()
    {
        var alice = await SendRefusedAsync("private.txt");
        await alice.SignInAsync(exchange.Bob.Address);
        await alice.SeesAsync(alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Send", Exact = true }));
        var shown = await alice.ReadAsync();
        await alice.ClickAsync("Sign out");
        await alice.SignInAsync();
        await alice.SeesAsync("These documents wait for you.");

        Assert.DoesNotContain("private.txt", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_ThatEndsAtAnotherAnnouncement_GoesOnWithNothing()
    {
        await exchange.RequireAsync();
        var alice = exchange.Alice;
        var sent = 0;
        alice.Context.RequestFinished += (_, request) => sent += request.Method == "PUT" ? 1 : 0;
        await alice.Page.RouteAsync("**/*", route => route.Request.Method == "PUT" ? route.AbortAsync() : route.FallbackAsync());
        await alice.StartSendingAsync(host.Write("given-up.bin", new byte[20_000_000]), exchange.Bob.Address);
        await alice.SeesAsync("Interrupted uploads");
        await alice.Page.RouteAsync("**/api/documents", RefuseAsync);

        // The same file once more is another document, of which nothing was begun.
        await alice.ClickAsync("Sign and send");
        await alice.SeesAsync(Asked);
        await alice.Page.UnrouteAllAsync();
        await alice.SignInAsync();

        await alice.SeesAsync("Interrupted uploads");
        Assert.Contains("given-up.bin", await alice.ReadAsync(), StringComparison.Ordinal);
        await alice.Page.ReloadAsync();
        await alice.SeesAsync("Interrupted uploads");
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task View_ThatIsLeft_SendsNothingMore()
    {
        await exchange.RequireAsync();
        var alice = exchange.Alice;
        var (announced, held, goOn) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        alice.Context.RequestFinished += (_, request) =>
            announced += request.Method == "POST" && request.Url.EndsWith("/api/documents", StringComparison.Ordinal) ? 1 : 0;
        await alice.Page.RouteAsync(
            "**/origin",
            async route =>
            {
                held.SetResult();
                await goOn.Task;
                await route.ContinueAsync();
            }
        );
        await alice.StartSendingAsync([host.Write("one.txt", "One.\n"u8), host.Write("two.txt", "Two.\n"u8)], exchange.Bob.Address);
        await held.Task;
        await alice.GoAsync("sent");

        var answered = alice.Page.WaitForResponseAsync("**/origin");
        goOn.SetResult();
        await (await answered).FinishedAsync();
        await alice.Page.UnrouteAllAsync();
        // By the time that a third is deposited, the second would have been announced.
        await alice.SendAsync(host.Write("three.txt", "Three.\n"u8), exchange.Bob.Address);
        Assert.Equal(2, announced);
    }

    // Has her session end at the announcement of a file.
    private async Task<Person> SendRefusedAsync(string file)
    {
        await exchange.RequireAsync();
        var alice = exchange.Alice;
        await alice.Page.RouteAsync("**/api/documents", RefuseAsync);
        await alice.StartSendingAsync(host.Write(file, "Not announced.\n"u8), exchange.Bob.Address);
        await alice.SeesAsync(Asked);
        await alice.Page.UnrouteAllAsync();
        return alice;
    }

    // The service is asked for the places of 24 parts at a time, which would be 200 MB before it could refuse.
    private static async Task AskForEachPartAsync(Person person)
    {
        const string AtOnce = "partsPerRequest = 24";
        await person.Context.RouteAsync(
            "**/transfer/upload.js",
            async route =>
            {
                var answer = await route.FetchAsync();
                var script = await answer.TextAsync();
                Assert.Contains(AtOnce, script, StringComparison.Ordinal);
                await route.FulfillAsync(
                    new() { Response = answer, Body = script.Replace(AtOnce, "partsPerRequest = 1", StringComparison.Ordinal) }
                );
            }
        );
        await person.Page.ReloadAsync();
        await person.Page.Locator("#page[data-ready]").WaitForAsync();
    }

    private static Task RefuseAsync(IRoute route) =>
        route.FulfillAsync(
            new()
            {
                Status = 401,
                ContentType = "application/json",
                Body = """{"message":"Unauthorized"}""",
            }
        );
}
