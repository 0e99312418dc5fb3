using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>A store that lies, by a proxy on the way: the page offers nothing for saving, and says why.</summary>
[Collection(CompletedExchangeCollection.Name)]
public sealed class LyingStoreTests(PageHost host, CompletedExchange exchange)
{
    private const string Evidence = "**/api/exchanges/*/evidence";

    [Theory]
    [InlineData("another evidence of origin", "nro")]
    [InlineData("a forged release", "release.signature")]
    [InlineData("the receipt of somebody else", "nrr")]
    [InlineData("wrong keys", "bundle.keys")]
    [InlineData("a key of another party", "nro.key")]
    [InlineData("a succession that is none", "succession.form")]
    [InlineData("no release", "release.form")]
    public async Task Evidence_ThatDoesNotHold_OffersNothing(string lie, string check)
    {
        await exchange.RequireAsync();
        var page = exchange.Bob.Page;
        await page.RouteAsync(Evidence, route => AnswerAsync(route, answer => Tell(lie, answer)));
        try
        {
            await exchange.ReloadAsync();

            await exchange.Bob.SeesAsync("The evidence that the store gave does not hold");
            Assert.Contains(check, await exchange.Bob.ReadAsync(), StringComparison.Ordinal);
            await OffersNothingAsync();
        }
        finally
        {
            await page.UnrouteAllAsync();
        }
    }

    [Fact]
    public async Task Name_InACertificateThatTheStoreDidNotSeal_IsNotShown()
    {
        await exchange.RequireAsync();
        var (bob, page) = (exchange.Bob, exchange.Bob.Page);
        await exchange.ReloadAsync();
        await bob.SeesAsync(exchange.Alice.Address);
        await page.RouteAsync("**/api/parties/*/keys", route => AnswerAsync(route, Rename));
        try
        {
            await page.RunAndWaitForResponseAsync(
                () => exchange.ReloadAsync(),
                answer => answer.Url.EndsWith("/keys", StringComparison.Ordinal)
            );
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

            await bob.SeesAsync("Certificate of a fair exchange");
            Assert.DoesNotContain("@page.example.com", await bob.ReadAsync(), StringComparison.Ordinal);
        }
        finally
        {
            await page.UnrouteAllAsync();
        }
    }

    [Fact]
    public async Task Ending_WhoseTimeTheStoreDidNotSeal_IsShownWithTheSealedOne()
    {
        await exchange.RequireAsync();
        var page = exchange.Bob.Page;
        await page.RouteAsync(
            $"**/api/exchanges/{exchange.Id}",
            route => AnswerAsync(route, answer => answer["endedAt"] = "2001-01-01T00:00:00.000Z")
        );
        try
        {
            await exchange.ReloadAsync();

            await exchange.Bob.SeesAsync("Certificate of a fair exchange");
            // The deadline, and the end.
            Assert.Equal(2, await page.Locator(".certificate time").CountAsync());
            Assert.Equal(0, await page.Locator("time[datetime^='2001']").CountAsync());
        }
        finally
        {
            await page.UnrouteAllAsync();
        }
    }

    [Fact]
    public async Task Document_ThatIsAnother_IsNotOffered()
    {
        await exchange.RequireAsync();
        var page = exchange.Bob.Page;
        var other = "Alice sells Bob a tricycle"u8.ToArray().Concat("\n"u8.ToArray()).ToArray();
        await page.RouteAsync(
            url => url.StartsWith(host.AwsUrl, StringComparison.Ordinal) && url.Contains('?', StringComparison.Ordinal),
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = 206,
                        BodyBytes = other,
                        Headers = [new("Access-Control-Allow-Origin", "*")],
                    }
                )
        );
        try
        {
            await exchange.ReloadAsync();
            await exchange.Bob.ClickAsync("Download and verify the document");

            await exchange.Bob.SeesAsync("The store gives something else than the document that was signed for.");
            Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Save the document" }).CountAsync());
        }
        finally
        {
            await page.UnrouteAllAsync();
        }
    }

    [Fact]
    public async Task Store_ThatShowsAnotherKeyThanThePinned_IsNotWorkedWith()
    {
        await exchange.RequireAsync();
        var page = exchange.Bob.Page;
        await page.RouteAsync("**/api/.well-known/fairshare", route => AnswerAsync(route, answer => ReplaceKeys(answer)));
        try
        {
            await page.ReloadAsync();

            await exchange.Bob.SeesAsync("The store shows a key, or a name, that this browser has not seen before.");
            await OffersNothingAsync();
        }
        finally
        {
            await page.UnrouteAllAsync();
            await page.ReloadAsync();
            await page.Locator("#page[data-ready]").WaitForAsync();
            await exchange.Bob.GoAsync("sign-in");
            await exchange.Bob.SignInAsync();
            await exchange.Bob.SeesAsync("These documents wait for you.");
        }
    }

    private static async Task AnswerAsync(IRoute route, Action<JsonObject> change)
    {
        var answer = await route.FetchAsync();
        var body = JsonNode.Parse(await answer.TextAsync())!.AsObject();
        change(body);
        await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
    }

    private static void Tell(string lie, JsonObject answer)
    {
        var (tokens, keys) = (answer["tokens"]!.AsObject(), answer["keys"]!.AsArray());
        switch (lie)
        {
            case "another evidence of origin":
                tokens["nro"] = $"{tokens["nrr"]}";
                break;
            case "a forged release":
                tokens["release"] = WithSignatureOf($"{tokens["release"]}", $"{tokens["challenge"]}");
                break;
            case "the receipt of somebody else":
                tokens["nrr"] = $"{tokens["nro"]}";
                break;
            case "wrong keys":
                keys[0]!["jwk"] = keys[1]!["jwk"]!.DeepClone();
                break;
            case "a key of another party":
                keys.First(key => key!["kind"]!.ToString() == "self")!["party"] = "00000000-0000-4000-8000-000000000000";
                break;
            case "a succession that is none":
                answer["successions"] = new JsonArray("a.b.c");
                break;
            default:
                tokens.Remove("release");
                break;
        }
    }

    // Another name in each certificate, of the same length and under the same seal.
    private static void Rename(JsonObject answer)
    {
        foreach (var key in answer["keys"]!.AsArray().Where(key => key!["certificate"] is not null))
        {
            var parts = $"{key!["certificate"]}".Split('.');
            var record = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
            parts[1] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(record.Replace("reader", "friend", StringComparison.Ordinal)));
            key["certificate"] = string.Join('.', parts);
        }
    }

    private static string WithSignatureOf(string token, string other) => token[..token.LastIndexOf('.')] + other[other.LastIndexOf('.')..];

    // A key of somebody's that has its thumbprint, and is not the store's.
    private static void ReplaceKeys(JsonObject answer)
    {
        var key = answer["keys"]![0]!.DeepClone();
        key["kid"] = "nOa2T6wq0YQbGZ4xJb0d9Ay2_3mWf0m1a2b3c4d5e6c";
        answer["keys"]!.AsArray().Add(key);
    }

    private async Task OffersNothingAsync()
    {
        foreach (var name in new[] { "Download and verify the document", "Save the document", "Save the evidence" })
        {
            Assert.Equal(0, await exchange.Bob.Page.GetByRole(AriaRole.Button, new() { Name = name }).CountAsync());
        }
    }
}
