using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>
/// A folder is sent, and an inbox received, by commands that run on; killed at any of their requests, they do each thing once.
/// </summary>
public sealed class WatchTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    // As many as each of the commands makes at least.
    private const int Requests = 7;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("FAIRSHARE_LONG_TESTS") == "1";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Watch_FilesThatAppear_AreSentOnceAndTheirReceiptsAreFiled()
    {
        var (alice, bob, bobsId) = await JoinAsync();
        var outbox = FolderOf("outbox", ("a.txt", "first"), (".hidden", "no"), ("b.part", "no"), ("empty.txt", ""));
        Directory.CreateDirectory(Path.Combine(outbox, "folder"));
        File.CreateSymbolicLink(Path.Combine(outbox, "link.txt"), "/etc/hostname");

        await WatchAsync(alice, outbox, bobsId);
        var sent = Assert.Single(await DocumentsAsync(alice));
        Assert.Equal("a.txt", $"{sent["name"]}");

        // Touched, it is the same file; under another name another one; with other bytes another one too.
        File.SetLastWriteTimeUtc(Path.Combine(outbox, "a.txt"), DateTime.UtcNow.AddMinutes(-5));
        await File.WriteAllTextAsync(Path.Combine(outbox, "c.txt"), "second", Stop);
        await WatchAsync(alice, outbox, bobsId);
        Assert.Equal(["a.txt", "c.txt"], (await DocumentsAsync(alice)).Select(one => $"{one["name"]}").Order(StringComparer.Ordinal));

        var got = (await bob.RunAsync("get", $"{sent["fileId"]}", "--out", workspace.At("out"), "--yes", "--json")).Answer;
        await WatchAsync(alice, outbox, bobsId);
        var bundle = Path.Combine(outbox, "receipts", $"a.txt.{got["exchangeId"]}.zip");
        var verdict = (await alice.RunAsync("verify", bundle, "--document", Path.Combine(outbox, "a.txt"), "--json")).Answer;
        Assert.Equal(("verified", true), ($"{verdict["verdict"]}", verdict["documentChecked"]!.GetValue<bool>()));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(outbox, "receipts")));
    }

    [Fact]
    public async Task InboxWatch_WithAPolicy_ReceivesFromWhomItNamesAndLeavesTheRest()
    {
        var (alice, bob, bobsId) = await JoinAsync();
        var (carol, _) = await up.JoinAsync();
        var accepted = $"{(await alice.RunAsync("put", MakeFile("same.txt", "one"), "--to", bobsId, "--json")).Answer["fileId"]}";
        var another = $"{(await alice.RunAsync("put", MakeFile("same.txt", "two"), "--to", bobsId, "--json")).Answer["fileId"]}";
        var left = $"{(await carol.RunAsync("put", MakeFile("carols.txt", "three"), "--to", bobsId, "--json")).Answer["fileId"]}";
        var inbox = workspace.At("inbox");

        var said = await CollectAsync(bob, inbox, await PartyAsync(alice));

        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(inbox, accepted, "same.txt"), Stop));
        Assert.Equal("two", await File.ReadAllTextAsync(Path.Combine(inbox, another, "same.txt"), Stop));
        Assert.False(Directory.Exists(Path.Combine(inbox, left)));
        Assert.Contains(said, line => $"{line["event"]}" == "left" && $"{line["fileId"]}" == left);
        Assert.Empty(await ExchangesAsync(bob, left));
        // A second look signs nothing more.
        await CollectAsync(bob, inbox, await PartyAsync(alice));
        Assert.Single(await ExchangesAsync(bob, accepted));
    }

    [Fact]
    public async Task InboxWatch_OfWhatWasDeclined_LeavesItSo()
    {
        var (alice, bob, bobsId) = await JoinAsync();
        var document = $"{(await alice.RunAsync("put", MakeFile("no.txt", "no"), "--to", bobsId, "--json")).Answer["fileId"]}";
        var opened = (await bob.RunAsync("get", document, "--no-sign", "--json")).Answer;
        _ = (await bob.RunAsync("decline", $"{opened["exchangeId"]}", "--json")).Answer;

        await CollectAsync(bob, workspace.At("inbox"), await PartyAsync(alice));

        Assert.Equal("Declined", $"{Assert.Single(await ExchangesAsync(bob, document))["state"]}");
    }

    [Fact]
    public async Task InboxWatch_WithoutAPolicy_IsRefused() =>
        (await up.Bob.RunAsync("inbox", "--watch", workspace.At("inbox"))).Require(ExitCode.Usage, "no-policy");

    [Fact]
    public async Task Watch_OfAFolderThatIsWatched_IsRefused()
    {
        var (alice, _, bobsId) = await JoinAsync();
        var outbox = FolderOf("outbox", ("a.txt", "first"));
        using var first = alice.Start("watch", outbox, "--to", bobsId, "--settle", "0", "--interval", "1", "--json");
        Assert.Contains("\"sent\"", await first.StandardOutput.ReadLineAsync(Stop), StringComparison.Ordinal);

        Directory.CreateSymbolicLink(workspace.At("link"), workspace.At("."));
        foreach (var same in new[] { outbox, outbox + Path.DirectorySeparatorChar, Path.Combine(workspace.At("link"), "outbox") })
        {
            (await alice.RunAsync("watch", same, "--to", bobsId)).Require(ExitCode.LocalFile, "already-watched");
        }

        BuiltCommand.Signal(first, "TERM");
        await first.WaitForExitAsync(Stop);
        Assert.Equal(ExitCode.Ok, first.ExitCode);
    }

    [Fact]
    public async Task Watch_ForOthersThanBefore_IsRefused()
    {
        var (alice, _, bobsId) = await JoinAsync();
        var outbox = FolderOf("outbox", ("a.txt", "first"));
        await WatchAsync(alice, outbox, bobsId);

        (await alice.RunAsync("watch", outbox, "--open", "--once")).Require(ExitCode.LocalFile, "other-readers");

        Assert.Single(await DocumentsAsync(alice));
        await WatchAsync(alice, outbox, bobsId);
    }

    // At what a watch says first of a step, and when it was answered; in the long form at each request.
    public static TheoryData<string, bool> KillsOfWatch => Kills("POST /documents", "PUT /", "POST /documents/");

    public static TheoryData<string, bool> KillsOfInboxWatch => Kills("POST /documents/", "POST /exchanges/", "GET /fairshare");

    [Theory, MemberData(nameof(KillsOfWatch))]
    public async Task Watch_KilledAtARequest_SendsTheFileOnce(string request, bool goesOn)
    {
        var (alice, _, bobsId) = await JoinAsync();
        var outbox = FolderOf("outbox", ("a.txt", "killed"));
        Assert.NotNull(await HoldingProxy.KillAsync(alice, Wanted(request), goesOn, Watching(outbox, bobsId)));
        // From when on receipts are filed is known before the first file is sent: what ends meanwhile is not missed.
        if (!IsLong)
        {
            var journal = Assert.Single(Directory.EnumerateDirectories(Path.Combine(alice.Home, "watches"), "send-*"));
            Assert.True(File.Exists(Path.Combine(journal, "position.json")));
        }

        await WatchAsync(alice, outbox, bobsId);

        Assert.Equal("Deposited", $"{Assert.Single(await DocumentsAsync(alice))["state"]}");
    }

    [Theory, MemberData(nameof(KillsOfInboxWatch))]
    public async Task InboxWatch_KilledAtARequest_GivesOneReceiptAndHasTheDocument(string request, bool goesOn)
    {
        var (alice, bob, bobsId) = await JoinAsync();
        var (alicesId, inbox) = (await PartyAsync(alice), workspace.At("inbox"));
        var document = $"{(await alice.RunAsync("put", MakeFile("a.txt", "killed"), "--to", bobsId, "--json")).Answer["fileId"]}";
        string[] collecting = ["inbox", "--watch", inbox, "--accept-from", alicesId, "--once", "--json"];
        Assert.NotNull(await HoldingProxy.KillAsync(bob, Wanted(request), goesOn, collecting));

        await CollectAsync(bob, inbox, alicesId);

        Assert.Equal("killed", await File.ReadAllTextAsync(Path.Combine(inbox, document, "a.txt"), Stop));
        Assert.Equal("Completed", $"{Assert.Single(await ExchangesAsync(bob, document))["state"]}");
    }

    // A number stands for the request of that number.
    private static Func<int, string, bool> Wanted(string request) =>
        int.TryParse(request, CultureInfo.InvariantCulture, out var number)
            ? (count, _) => count == number
            : (_, step) => step.StartsWith(request, StringComparison.Ordinal);

    private static TheoryData<string, bool> Kills(params string[] requests)
    {
        var kills = new TheoryData<string, bool>();
        foreach (var request in IsLong ? Enumerable.Range(1, Requests).Select(number => $"{number}") : requests)
        {
            kills.Add(request, true);
            if (IsLong)
            {
                kills.Add(request, false);
            }
        }

        return kills;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string[] Watching(string outbox, string party) =>
        ["watch", outbox, "--to", party, "--settle", "0", "--interval", "1", "--once", "--json"];

    private static async Task WatchAsync(BuiltCommand person, string outbox, string party) =>
        Require(await person.RunAsync(Watching(outbox, party)));

    private static async Task<List<JsonNode>> CollectAsync(BuiltCommand person, string inbox, string party)
    {
        var run = await person.RunAsync("inbox", "--watch", inbox, "--accept-from", party, "--once", "--json");
        Require(run);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static void Require(CommandRun run) => Assert.True(run.ExitCode == 0, $"{run.ExitCode}: {run.Error}{run.Output}");

    private async Task<(BuiltCommand Alice, BuiltCommand Bob, string BobsId)> JoinAsync()
    {
        var ((alice, _), (bob, _)) = (await up.JoinAsync(), await up.JoinAsync());
        return (alice, bob, await PartyAsync(bob));
    }

    private static async Task<string> PartyAsync(BuiltCommand person) => $"{(await person.RunAsync("whoami", "--json")).Answer["party"]}";

    private static async Task<List<JsonNode>> DocumentsAsync(BuiltCommand person) =>
        [.. (await person.RunAsync("list", "--mine", "--json")).Answer["documents"]!.AsArray().Select(one => one!)];

    private static async Task<List<JsonNode>> ExchangesAsync(BuiltCommand person, string document) =>
        [.. (await person.RunAsync("exchanges", "--document", document, "--json")).Answer["exchanges"]!.AsArray().Select(one => one!)];

    private string MakeFile(string name, string text)
    {
        var path = workspace.At(name);
        File.WriteAllText(path, text);
        return path;
    }

    private string FolderOf(string name, params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateDirectory(workspace.At(name)).FullName;
        foreach (var (file, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }

        return folder;
    }
}
