using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>The catalogue and what an owner does with an item, by the built command.</summary>
public sealed class CatalogueTests(UpFixture up) : IClassFixture<UpFixture>, IAsyncLifetime
{
    private readonly Workspace workspace = new();
    private BuiltCommand dora = null!;

    private BuiltCommand Stranger => workspace.Stranger();

    public async ValueTask InitializeAsync() => (dora, _) = await up.JoinAsync();

    public ValueTask DisposeAsync()
    {
        workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Catalogue_OfTwoItems_ListsFindsShowsForgetsAndCleans()
    {
        var first = await dora.PutItemAsync(workspace.MakeFile("first.bin", 111));
        var second = await dora.PutItemAsync(workspace.MakeFile("Second.txt", 222), "--name", "Zweite Datei");

        Assert.Equal(2, (await ItemsAsync("list")).Count);
        var found = Assert.Single(await ItemsAsync("find", "zweite"));
        Assert.Equal((second["code"]!.ToString(), 222), (found["code"]!.ToString(), found["size"]!.GetValue<int>()));
        var shown = (await dora.RunAsync("vault", "show", "first.bin", "--offline", "--json")).Answer;
        Assert.Equal((first["cookie"]!.ToString(), 111), (shown["cookie"]!.ToString(), shown["size"]!.GetValue<int>()));

        _ = (await dora.RunAsync("vault", "forget", first["cookie"]!.ToString(), "--json")).Answer;
        Assert.Single(await ItemsAsync("list"));
        (await dora.RunAsync("vault", "clean")).Require(ExitCode.Usage, "no-consent");
        Assert.Single(await ItemsAsync("list"));
        Assert.Equal(1, (await dora.RunAsync("vault", "clean", "--yes", "--json")).Answer["forgotten"]!.GetValue<int>());
        Assert.Empty(await ItemsAsync("list"));
        _ = (await Stranger.GetItemAsync(first, "--out", workspace.At("out"))).Answer;
    }

    [Fact]
    public async Task Show_AfterOpensAndGuesses_CountsThem()
    {
        var item = await dora.Knowing("right").PutItemAsync(workspace.MakeFile("a.bin", 9), "--password", "--opens", "3");
        _ = (await Stranger.Knowing("right").GetItemAsync(item, "--out", workspace.At("out"))).Answer;
        (await Stranger.Knowing("wrong").RunAsync("vault", "get", item["link"]!.ToString())).Require(
            ExitCode.Refused,
            "vault-wrong-password"
        );

        var shown = await ShowAsync("a.bin");
        Assert.Equal((1, 1, 3), (Number(shown, "opens"), Number(shown, "guesses"), Number(shown, "maxOpens")));

        var changed = (await dora.RunAsync("vault", "limits", "a.bin", "--opens", "9", "--expires", "30d", "--unlock", "--json")).Answer;
        Assert.Equal((1, 0, 9), (Number(changed, "opens"), Number(changed, "guesses"), Number(changed, "maxOpens")));
    }

    [Fact]
    public async Task Delete_Item_ErasesAndForgetsIt()
    {
        var item = await dora.PutItemAsync(workspace.MakeFile("a.bin", 9));

        _ = (await dora.RunAsync("vault", "delete", "a.bin", "--json")).Answer;

        var run = await Stranger.RunAsync("vault", "get", item["link"]!.ToString());
        run.Require(ExitCode.Refused, "vault-item-gone");
        Assert.Empty(await ItemsAsync("list"));
    }

    [Fact]
    public async Task Delete_ItemThatTheCatalogueForgot_IsByItsCode()
    {
        var item = await dora.PutItemAsync(workspace.MakeFile("a.bin", 9));
        _ = (await dora.RunAsync("vault", "forget", "a.bin", "--json")).Answer;

        (await up.Bob.RunAsync("vault", "delete", item["code"]!.ToString())).Require(ExitCode.Refused, "vault-item-not-found");
        _ = (await dora.RunAsync("vault", "delete", item["code"]!.ToString(), "--json")).Answer;

        (await Stranger.RunAsync("vault", "get", item["link"]!.ToString())).Require(ExitCode.Refused, "vault-item-gone");
    }

    [Fact]
    public async Task Rekey_Item_IsTheSameUnderAnotherPasswordAndTheOldOpensNothing()
    {
        var folder = SampleFolder.Make(workspace.At("photos"), 20, 1000);
        var old = await dora.Knowing("old").PutItemAsync(folder, "--password", "--opens", "2");

        var renewed = (
            await dora.Knowing("old").With("FAIRSHARE_NEW_VAULT_PASSWORD", "new").RunAsync("vault", "rekey", "photos", "--json")
        ).Answer;

        Assert.NotEqual(old["code"]!.ToString(), renewed["code"]!.ToString());
        Assert.Equal(2, Number(renewed, "maxOpens"));
        _ = (await Stranger.Knowing("new").GetItemAsync(renewed, "--out", workspace.At("out"))).Answer;
        Assert.Equal(FolderListing.Of(folder), FolderListing.Of(workspace.At("out", "photos")));
        (await Stranger.Knowing("old").RunAsync("vault", "get", old["link"]!.ToString())).Require(ExitCode.Refused, "vault-item-gone");
        Assert.Equal(renewed["code"]!.ToString(), Assert.Single(await ItemsAsync("list"))["code"]!.ToString());
    }

    [Fact]
    public async Task Rekey_ThatFails_LeavesTheOpensAndOneThatSucceedsTheSize()
    {
        await dora.Knowing("old").PutItemAsync(workspace.MakeFile("a.bin", 100_000), "--password", "--opens", "1");

        (await dora.Knowing("wrong").RunAsync("vault", "rekey", "a.bin", "--no-new-password")).Require(
            ExitCode.Refused,
            "vault-wrong-password"
        );
        var shown = await ShowAsync("a.bin");
        Assert.Equal((0, 1, 1), (Number(shown, "opens"), Number(shown, "guesses"), Number(shown, "maxOpens")));

        var renewed = (await dora.Knowing("old").RunAsync("vault", "rekey", "a.bin", "--no-new-password", "--json")).Answer;
        Assert.Equal((1, 100_000), (Number(renewed, "maxOpens"), Number(renewed, "size")));
        Assert.Equal(100_000, Number(Assert.Single(await ItemsAsync("list")), "size"));
    }

    [Fact]
    public async Task Rekey_ThatIsKilled_IsRunAgainByTheName()
    {
        await dora.PutItemAsync(workspace.MakeFile("a.bin", 30_000_000), "--opens", "1");
        using var rekey = dora.Start("vault", "rekey", "a.bin", "--no-new-password");
        while (!rekey.HasExited && (await ItemsAsync("list")).Count < 2)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        rekey.Kill();
        await rekey.WaitForExitAsync(TestContext.Current.CancellationToken);
        _ = (await dora.RunAsync("vault", "rekey", "a.bin", "--no-new-password", "--json")).Answer;

        var left = Assert.Single(await ItemsAsync("list"));
        Assert.Equal((1, 30_000_000), (Number(left, "maxOpens"), Number(left, "size")));
    }

    [Fact]
    public async Task Get_IntoAReaderThatStops_FailsAndKeepsTheTicket()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no POSIX shell.");
        var item = await dora.PutItemAsync(workspace.MakeFile("a.bin", 30_000_000), "--opens", "1");
        var reader = Stranger;
        var cut = await reader.RunPipedAsync("head -c 10", "vault", "get", item["link"]!.ToString(), "--out", "-");

        cut.Require(ExitCode.LocalFile, "output-closed");
        Assert.Contains("costs no further open", cut.Error, StringComparison.Ordinal);
        _ = (await reader.GetItemAsync(item, "--out", workspace.At("out"))).Answer;
    }

    [Fact]
    public async Task Password_ThatIsNoText_IsRefused()
    {
        var file = workspace.At("key");
        await File.WriteAllBytesAsync(file, [0x80, 0x81, 0x82], TestContext.Current.CancellationToken);
        var source = workspace.MakeFile("a.bin", 9);
        (await dora.RunAsync("vault", "put", source, "--password-file", file)).Require(ExitCode.Usage, "secret-not-text");
        (await dora.RunAsync("vault", "put", source, "--service", "http://127.0.0.1:1")).Require(ExitCode.Usage, "other-service");
        Assert.Empty(await ItemsAsync("list"));
    }

    [Fact]
    public async Task Catalogue_AnotherPassphrase_DoesNotOpenIt()
    {
        await dora.PutItemAsync(workspace.MakeFile("a.bin", 9));
        (await dora.With("FAIRSHARE_PASSPHRASE", "another one").RunAsync("vault", "list")).Require(ExitCode.NoKey, "wrong-passphrase");
        (await dora.RunAsync("vault", "show", "b.bin")).Require(ExitCode.Usage, "catalogue-not-found");
    }

    [Fact]
    public async Task Show_NameOfTwo_IsAmbiguous()
    {
        await dora.PutItemAsync(workspace.MakeFile("a.bin", 9));
        await dora.PutItemAsync(workspace.MakeFile("a.bin", 9));
        (await dora.RunAsync("vault", "show", "a.bin")).Require(ExitCode.Usage, "catalogue-ambiguous");
    }

    [Fact]
    public async Task Profile_WithItems_ShowsNoneOfThem()
    {
        var item = await dora.PutItemAsync(workspace.MakeFile("Geheimnis.bin", 9));
        var octets = Directory
            .EnumerateFiles(dora.Home, "*", SearchOption.AllDirectories)
            .Select(path => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        Assert.All(
            octets,
            text =>
            {
                Assert.DoesNotContain("Geheimnis", text, StringComparison.Ordinal);
                Assert.DoesNotContain(item["code"]!.ToString(), text, StringComparison.Ordinal);
            }
        );
    }

    private static int Number(JsonObject answer, string member) => answer[member]!.GetValue<int>();

    private async Task<JsonObject> ShowAsync(string name) => (await dora.RunAsync("vault", "show", name, "--json")).Answer;

    private async Task<List<JsonObject>> ItemsAsync(params string[] command) =>
        [.. (await dora.RunAsync(["vault", .. command, "--json"])).Answer["items"]!.AsArray().Select(item => item!.AsObject())];
}
