using System.Buffers.Text;
using System.Text.Json.Nodes;
using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>The vault in the browser, and the command at its other end.</summary>
public sealed class VaultTests(PageHost host)
{
    private const string Secret = "Grüße, once";

    [Fact]
    public async Task Link_OfThePage_IsOpenedByTheCommandAndByAnybodyInABrowser()
    {
        await host.RequireAsync();
        await using var alice = await host.JoinAsync();
        var link = await PutAsync(alice, [host.Write("plan.txt", "small"u8)], password: "", opens: 2);
        Assert.StartsWith($"{host.PageUrl}/v#L-", link, StringComparison.Ordinal);

        Assert.Equal("small", await File.ReadAllTextAsync(Path.Combine(await GetByCommandAsync(link), "plan.txt"), Cancellation));

        await using var stranger = await host.OpenAsync();
        await stranger.Page.GotoAsync("about:blank");
        await stranger.Page.GotoAsync(link);
        await stranger.ClickAsync("Open");
        await stranger.SeesAsync("Opened, and found genuine as a whole.");
        Assert.DoesNotContain("L-", stranger.Page.Url, StringComparison.Ordinal);
        Assert.Equal("small", await File.ReadAllTextAsync(await stranger.SaveAsync("Save plan.txt"), Cancellation));

        // The click alone tells the service nothing; what the reader says does. Both opens are used then: nothing is left.
        Assert.DoesNotContain(stranger.Requests, url => url.EndsWith("/done", StringComparison.Ordinal));
        await stranger.ClickAsync("I have everything");
        await stranger.SeesAsync("The service is told that you have everything.");
        while (!(await KeptAsync(alice)).Contains("used up", StringComparison.Ordinal))
        {
            await Task.Delay(200, Cancellation);
        }

        Assert.Empty(alice.Faults);
        Assert.Empty(stranger.Faults);
    }

    [Fact]
    public async Task Files_UnderAPassword_ComeOutOfTheCommandAsTheyWere()
    {
        await host.RequireAsync();
        await using var alice = await host.JoinAsync();
        var large = new byte[3_000_001];
        Random.Shared.NextBytes(large);
        var code = await PutAsync(alice, [host.Write("Größe & <b>.bin", large), host.Write("empty.txt", [])], Secret, opens: null);
        Assert.StartsWith("P-", code, StringComparison.Ordinal);

        var got = await GetByCommandAsync(code, Secret);

        Assert.Equal(large, await File.ReadAllBytesAsync(Path.Combine(got, "Größe & <b>.bin"), Cancellation));
        Assert.Empty(await File.ReadAllBytesAsync(Path.Combine(got, "empty.txt"), Cancellation));

        await alice.ClickAsync("Erase");
        await alice.Page.GetByText("Stored from this browser").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await OpenAsync(alice, code, Secret);
        await alice.SeesAsync("This was there, and is gone");
        Assert.Empty(alice.Faults);
    }

    [Fact]
    public async Task Folder_OfTheCommand_IsOpenedByThePageOnceThePasswordIsRight()
    {
        await host.RequireAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(host.Write("x", []))!, "papers", "deep")).Parent!;
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "deep", "note.txt"), new string('n', 400_000), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, new string('l', 120) + ".txt"), "long", Cancellation);
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), "deep/note.txt");
        var code = await PutByCommandAsync(folder.FullName, Secret);
        await using var bob = await host.OpenAsync();

        await OpenAsync(bob, code, "something else");
        await bob.SeesAsync("The code or the password does not open this.");
        await OpenAsync(bob, code[..^1] + (code[^1] == '0' ? '1' : '0'), Secret);
        await bob.SeesAsync("This is no code of the vault, or a symbol of it is wrong.");
        await OpenAsync(bob, code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), Secret);

        await bob.SeesAsync("1 links or other entries are left out");
        Assert.Equal(new string('n', 400_000), await File.ReadAllTextAsync(await bob.SaveAsync("Save papers/deep/note.txt"), Cancellation));
        Assert.Equal("long", await File.ReadAllTextAsync(await bob.SaveAsync($"Save papers/{new string('l', 120)}.txt"), Cancellation));
        Assert.Empty(bob.Faults);
    }

    /// <summary>The command prints a link of the page, which a browser opens, and says later that the item is gone.</summary>
    [Fact]
    public async Task Link_OfTheCommand_LeadsToThePageAndIsSaidToBeGoneOnceItIs()
    {
        await host.RequireAsync();
        await using var carol = await host.JoinAsync();
        var command = new BuiltCommand(host.Files.At($"{Guid.NewGuid():N}"));
        _ = (await command.RunAsync("login", "--email", carol.Address, "--service", host.Url, "--no-key", "--json")).Answer;
        var put = (await command.RunAsync("vault", "put", host.Write("plan.txt", "small"u8), "--opens", "1", "--json")).Answer;
        Assert.StartsWith($"{host.PageUrl}/v#L-", $"{put["link"]}", StringComparison.Ordinal);
        var listed = (await command.RunAsync("vault", "list", "--json")).Answer["items"]![0]!;
        Assert.Equal(($"{put["link"]}", "stored"), ($"{listed["link"]}", $"{listed["state"]}"));
        await using var stranger = await host.OpenAsync();
        await stranger.Page.GotoAsync("about:blank");

        await stranger.Page.GotoAsync($"{put["link"]}");
        await stranger.ClickAsync("Open");
        Assert.Equal("small", await File.ReadAllTextAsync(await stranger.SaveAsync("Save plan.txt"), Cancellation));
        await stranger.ClickAsync("I have everything");
        await stranger.SeesAsync("The service is told that you have everything.");

        _ = await command.RunAsync("vault", "show", $"{put["code"]}");
        Assert.Equal("gone", $"{(await command.RunAsync("vault", "list", "--json")).Answer["items"]![0]!["state"]}");
    }

    /// <summary>An object store that hands out something else: nothing is offered, and another try costs no second open.</summary>
    [Fact]
    public async Task Object_ThatWasChangedOnItsWay_IsNotOfferedAndAnotherTryCostsNothing()
    {
        await host.RequireAsync();
        await using var alice = await host.JoinAsync();
        var content = new byte[100_000];
        Random.Shared.NextBytes(content);
        var link = await PutAsync(alice, [host.Write("once.bin", content)], password: "", opens: 1);
        await using var bob = await host.OpenAsync();
        await bob.Context.RouteAsync(
            url => url.StartsWith(host.AwsUrl, StringComparison.Ordinal),
            async route =>
            {
                var whole = await (await route.FetchAsync()).BodyAsync();
                whole[^1] ^= 1;
                await route.FulfillAsync(new() { BodyBytes = whole, Headers = [new("access-control-allow-origin", "*")] });
            }
        );

        await OpenAsync(bob, link.Split('#')[1], password: null);
        await bob.SeesAsync("vault-digest");
        Assert.Equal(0, await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).CountAsync());
        await bob.Context.UnrouteAllAsync();
        await bob.ClickAsync("Open");

        Assert.Equal(content, await File.ReadAllBytesAsync(await bob.SaveAsync("Save once.bin"), Cancellation));
    }

    /// <summary>A service that hands out something else, and says that it is right: the encryption proves that it is not.</summary>
    /// <param name="at">Which of the object's octets, from its beginning or its end, is another.</param>
    /// <param name="code">What the page says.</param>
    [Theory]
    [InlineData(3, "age-header")]
    [InlineData(60, "age-no-match")]
    [InlineData(120, "age-hmac")]
    [InlineData(-1, "age-payload")]
    public async Task Object_OfAServiceThatLies_IsNotOffered(int at, string code)
    {
        await host.RequireAsync();
        await using var alice = await host.JoinAsync();
        var link = await PutAsync(alice, [host.Write("small.txt", "small"u8)], password: "", opens: null);
        await using var bob = await host.OpenAsync();
        var cancellation = Cancellation;
        await bob.Context.RouteAsync(
            url => url.EndsWith("/open", StringComparison.Ordinal),
            async route =>
            {
                var answer = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
                using var http = new HttpClient();
                var whole = await http.GetByteArrayAsync($"{answer["url"]}", cancellation);
                var place = at < 0 ? whole.Length + at : at;
                whole[place] = whole[place] == 'A' ? (byte)'B' : (byte)'A';
                (answer["body"], answer["url"]) = (Base64Url.EncodeToString(whole), null);
                await route.FulfillAsync(new() { Body = answer.ToJsonString(), ContentType = "application/json" });
            }
        );

        await OpenAsync(bob, link.Split('#')[1], password: null);

        await bob.SeesAsync(code);
        await bob.SeesAsync("What came is not what was stored under this code.");
        Assert.Equal(0, await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).CountAsync());
    }

    [Theory]
    [InlineData("archive-unsafe", "../a")]
    [InlineData("archive-unsafe", "/a")]
    [InlineData("archive-unsafe", "a/../b")]
    [InlineData("archive-collision", "a", "a")]
    [InlineData("", "a", "./b", "c/a")]
    public async Task Names_OfAStrangersArchive_AreRefusedAsByTheCommand(string code, params string[] names)
    {
        await host.RequireAsync();
        await using var bob = await host.OpenAsync();

        var said = await bob.Page.EvaluateAsync<string>(
            """
            async (names) => {
              const { pack, unpack } = await import("/vault/archive.js");
              const archive = pack(names.map((name) => ({ name, content: new Uint8Array(1), modified: -1 })));
              try {
                return unpack(archive).files.length === names.length ? "" : "lost";
              } catch (problem) {
                return problem.code;
              }
            }
            """,
            names
        );

        Assert.Equal(code, said);
    }

    private static async Task<string> KeptAsync(Person person)
    {
        await person.GoAsync("keys");
        await person.SeesAsync(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Keys", Exact = true }));
        await person.GoAsync("vault");
        await person.SeesAsync("Stored from this browser");
        return await person.ReadAsync();
    }

    private async Task<string> GetByCommandAsync(string item, string password = "")
    {
        var (home, folder) = (host.Files.At($"{Guid.NewGuid():N}"), host.Files.At($"{Guid.NewGuid():N}"));
        var command = new BuiltCommand(home).With("FAIRSHARE_VAULT_PASSWORD", password);
        _ = (await command.RunAsync(["vault", "get", item, .. ServiceFor(item), "--out", folder, "--json"])).Answer;
        return folder;
    }

    // A link of the page says where the API is: beneath it.
    private string[] ServiceFor(string item) => item.Contains("://", StringComparison.Ordinal) ? [] : ["--service", host.Url];

    private async Task<string> PutByCommandAsync(string path, string password)
    {
        await using var carol = await host.JoinAsync();
        var command = new BuiltCommand(host.Files.At($"{Guid.NewGuid():N}")).With("FAIRSHARE_VAULT_PASSWORD", password);
        _ = (await command.RunAsync("login", "--email", carol.Address, "--service", host.Url, "--no-key", "--json")).Answer;
        return (await command.RunAsync("vault", "put", path, "--password", "--json")).Answer["code"]!.ToString();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<string> PutAsync(Person person, string[] paths, string password, int? opens)
    {
        await person.GoAsync("vault");
        await person.Page.GetByLabel("Drop or choose files").SetInputFilesAsync(paths);
        await person.FillAsync("Password", password);
        await person.FillAsync("How often it may be opened", $"{opens}");
        await person.ClickAsync("Encrypt and store");
        await person.SeesAsync(person.Page.Locator("#vault-code"));
        return (await person.Page.Locator("#vault-code").InnerTextAsync()).Trim();
    }

    private static async Task OpenAsync(Person person, string code, string? password)
    {
        await person.GoAsync("open");
        await person.FillAsync("Code", code);
        if (password is not null)
        {
            await person.FillAsync("Password", password);
        }

        await person.ClickAsync("Open");
    }
}
