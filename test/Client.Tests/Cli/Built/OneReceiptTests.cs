using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Profiles;
using FairShare.Client.Tests.Support;
using FairShare.Core.Identifiers;
using TemplateHost.Testing;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>
/// One exchange and one receipt, whatever runs at once and whatever is in the way: by the built command, against <c>up</c>.
/// </summary>
[Collection(OddPeople.Name)]
public sealed class OneReceiptTests(UpFixture up) : IDisposable
{
    private const string Given = "You have given your receipt; the document is yours.";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Get_AtOnceFromTwoProfiles_IsOneExchangeWithOneReceipt()
    {
        var document = await DepositAsync();
        var other = up.Bob.With("FAIRSHARE_HOME", workspace.At("other"));
        _ = (await other.RunAsync("login", "--email", up.BobsAddress, "--service", up.Url, "--json")).Answer;

        var runs = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(number =>
                    (number % 2 == 0 ? up.Bob : other).RunAsync("get", document, "--yes", "--out", workspace.At($"{number}"), "--json")
                )
        );

        var exchange = Assert.Single(runs.Select(run => run.Answer["exchangeId"]!.ToString()).Distinct());
        Assert.Equal(exchange, Assert.Single(await ExchangesAsync(document))["exchangeId"]!.ToString());
        Assert.Single(
            (await up.Alice.RunAsync("inbox", "--json")).Answer["messages"]!.AsArray(),
            message => message!["fileId"]!.ToString() == document
        );
        string[] homes = [up.Bob.Home, other.Home];
        var receipts = homes.Select(home => File.ReadAllText(Path.Combine(home, "exchanges", exchange, "nrr.jws")));
        Assert.Single(receipts.Distinct());
    }

    [Fact]
    public async Task Get_OfAnExchangeAlthoughAnotherCompleted_SignsOnlyWhenToldAgain()
    {
        var document = await DepositAsync();
        var first = (await up.Bob.RunAsync("get", document, "--yes", "--out", workspace.At("1"), "--json")).Answer["exchangeId"]!;
        var second = await up.Bob.RunAsync("get", document, "--again", "--no-sign", "--out", workspace.At("2"));
        Assert.Contains($"--out {workspace.At("2")} --again", second.Output, StringComparison.Ordinal);
        var open = (await ExchangesAsync(document)).Single(exchange => exchange["state"]!.ToString() == "AwaitingReceipt");

        var refused = await up.Bob.RunAsync("get", "--exchange", $"{open["exchangeId"]}", "--yes", "--out", workspace.At("2"));

        refused.Require(ExitCode.Usage, "receipt-given");
        Assert.Contains($"fairshare get --exchange {first}", refused.Error, StringComparison.Ordinal);
        _ = (
            await up.Bob.RunAsync("get", "--exchange", $"{open["exchangeId"]}", "--yes", "--again", "--out", workspace.At("2"), "--json")
        ).Answer;
    }

    [Fact]
    public async Task Get_PartialFileThatIsNotItsOwn_OpensNothingAndLeavesIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Who owns a file, and by how many names, is looked at on Linux only.");
        var document = await DepositAsync();
        var partial = workspace.At("out", await PartialNameAsync(document, workspace.At("out")));
        Directory.CreateDirectory(workspace.At("out"));
        await File.WriteAllTextAsync(workspace.At("victim"), "mine", Stop);
        List<string> ways = ["ln -s victim", "ln -s nowhere", "mkdir", "mkfifo", "ln victim"];
        ways.AddRange(Environment.IsPrivilegedProcess ? ["install -o 65534 victim"] : []);
        foreach (var way in ways)
        {
            await BuiltCommand.ShellAsync($"{way.Replace("victim", workspace.At("victim"), StringComparison.Ordinal)} {partial}");
            (await up.Bob.RunAsync("get", document, "--yes", "--out", workspace.At("out"))).Require(
                ExitCode.LocalFile,
                "download-in-the-way"
            );
            Assert.True(Path.Exists(partial) || new FileInfo(partial).LinkTarget is not null, way);
            await BuiltCommand.ShellAsync($"rm -r {partial}");
        }

        Assert.Equal("mine", await File.ReadAllTextAsync(workspace.At("victim"), Stop));
        Assert.False(Path.Exists(workspace.At("out", "nowhere")));
        Assert.Empty(await ExchangesAsync(document));
    }

    [Fact]
    public async Task Get_FileOfANameThatCouldBeTold_IsLeftAsItIs()
    {
        var document = await DepositAsync();
        var guess = workspace.At("out", $".fairshare-{document}.part");
        Directory.CreateDirectory(workspace.At("out"));
        await File.WriteAllTextAsync(guess, "mine", Stop);
        _ = (await up.Bob.RunAsync("get", document, "--yes", "--out", workspace.At("out"), "--json")).Answer;
        Assert.Equal("mine", await File.ReadAllTextAsync(guess, Stop));
    }

    [Fact]
    public async Task Get_ProfileWithoutRoomForEvidence_OpensNothing()
    {
        using var disk = SmallDisk.Mount("64k");
        Assert.SkipWhen(disk is null, "No disk can be mounted here: that takes root, and Linux.");
        var document = await DepositAsync();
        var home = workspace.At("home");
        var folder = Path.Combine(home, "exchanges");
        await BuiltCommand.ShellAsync($"cp -r {up.Bob.Home} {home}; rm -rf {folder}; ln -s {disk!.Folder} {folder}");
        await BuiltCommand.ShellAsync($"head -c 65536 /dev/zero > {disk.Folder}/full");
        var bob = up.Bob.With("FAIRSHARE_HOME", home);

        string[][] commands =
        [
            ["get", document, "--yes", "--out", workspace.At("out")],
            ["get", document, "--no-sign"],
        ];
        foreach (var command in commands)
        {
            var run = (await bob.RunAsync(command)).Require(ExitCode.LocalFile, "profile-not-writable");
            Assert.Contains(folder, run.Error, StringComparison.Ordinal);
        }

        Assert.Empty(await ExchangesAsync(document));
    }

    [Fact]
    public async Task Get_PlaceTakenAfterTheReceipt_SaysWhatStandsAndGoesOnElsewhere()
    {
        var document = await DepositAsync(2 << 20);
        var bob = up.Bob.With("HOME", Directory.CreateDirectory(workspace.At("user")).FullName);
        await using var proxy = await StallingProxy.StartAsync(1 << 20);
        var running = bob.With("http_proxy", proxy.Url).Start("get", document, "--out", workspace.At("out"), "--yes");
        await proxy.Stalled.WaitAsync(Stop);
        await File.WriteAllTextAsync(workspace.At("out", "contract.bin"), "mine", Stop);
        proxy.Release();

        var taken = (await BuiltCommand.EndAsync(running)).Require(ExitCode.LocalFile, "file-in-the-way");
        var again = (await bob.RunAsync("get", document, "--out", workspace.At("out"))).Require(ExitCode.LocalFile, "file-in-the-way");
        var wrong = (await bob.RunAsync("get", document, "--out", workspace.At("out", "contract.bin", "in"))).Require(
            ExitCode.LocalFile,
            "folder-not-usable"
        );

        foreach (var run in new[] { taken, again, wrong })
        {
            Assert.Contains(Given, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Nothing was signed", run.Error, StringComparison.Ordinal);
        }

        var command = wrong.Error.TrimEnd()[(wrong.Error.IndexOf("fairshare get", StringComparison.Ordinal) + 10)..].Split(' ');
        var got = (await bob.RunAsync([.. command, "--json"])).Answer;
        Assert.StartsWith(workspace.At("user"), got["path"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(workspace.At("out", "contract.bin"), Stop));
        Assert.Single(await ExchangesAsync(document));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<string> DepositAsync(int size = 100) => up.DepositAsync(workspace.MakeFile("contract.bin", size));

    private async Task<string> PartialNameAsync(string document, string folder) =>
        (await new Profile(up.Bob.Home).PartialNamesAsync(new SystemRandomness(), TimeProvider.System, Stop)).Of(
            DocumentId.Parse(document),
            folder
        );

    private async Task<List<JsonNode>> ExchangesAsync(string document) =>
        [
            .. (await up.Bob.RunAsync("exchanges", "--json")).Answer["exchanges"]!
                .AsArray()
                .OfType<JsonNode>()
                .Where(exchange => exchange["fileId"]!.ToString() == document),
        ];
}
