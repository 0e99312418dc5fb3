using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>
/// What is damaged or another's in a profile is named, with a way out that leads somewhere: by the built command, against <c>up</c>.
/// </summary>
public sealed class DamagedProfileTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("nrr.jws", false)]
    [InlineData("challenge.jws", false)]
    [InlineData("keys.json", false)]
    [InlineData("nrr.jws", true)]
    [InlineData("challenge.jws", true)]
    [InlineData("release.jws", true)]
    public async Task Get_EvidenceThatIsDamaged_IsNamedAndFetchedAnewOnceItIsAway(string name, bool completed)
    {
        var document = await up.DepositAsync(workspace.MakeFile("contract.bin", 10));
        var first = completed
            ? await up.Bob.RunAsync("get", document, "--yes", "--out", workspace.At("first"), "--json")
            : await up.Bob.RunAsync("get", document, "--no-sign", "--json");
        var exchange = first.Answer["exchangeId"]!.ToString();
        var file = Path.Combine(up.Bob.Home, "exchanges", exchange, name);
        await File.WriteAllTextAsync(file, "junk", Stop);

        string[][] commands =
        [
            ["get", document, "--yes", "--out", workspace.At("out")],
            ["get", "--exchange", exchange, "--yes", "--out", workspace.At("out")],
            ["evidence", exchange],
        ];
        foreach (var command in commands)
        {
            var run = (await up.Bob.RunAsync(command)).Require(ExitCode.LocalFile, "evidence-damaged");
            Assert.Contains(file, run.Error, StringComparison.Ordinal);
            Assert.Contains("Move it away", run.Error, StringComparison.Ordinal);
        }

        File.Delete(file);
        var got = (await up.Bob.RunAsync([.. commands[0], "--json"])).Answer;
        Assert.Equal(exchange, got["exchangeId"]!.ToString());
    }

    [Fact]
    public async Task Get_ChallengeOfAnotherExchange_IsNamed()
    {
        var one = await OpenAsync();
        var other = await OpenAsync();
        var file = PathOfChallenge(one);
        File.Copy(PathOfChallenge(other), file, overwrite: true);
        var run = await up.Bob.RunAsync("get", "--exchange", one, "--yes", "--out", workspace.At("out"));
        run.Require(ExitCode.LocalFile, "evidence-damaged");
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_KeyFileThatIsMissing_IsSixAndNamesIt()
    {
        var (person, _) = await up.JoinAsync();
        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(person.Home, "keys")));
        File.Delete(file);
        var run = (await person.RunAsync("put", workspace.MakeFile("a.bin", 1), "--open")).Require(ExitCode.NoKey, "key-missing");
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        Assert.Contains("fairshare keys add", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SessionOfAnotherParty_IsFiveAndALoginMendsIt()
    {
        var (person, _) = await up.JoinAsync();
        File.Copy(Path.Combine(up.Bob.Home, "session.json"), Path.Combine(person.Home, "session.json"), overwrite: true);
        var run = (await person.RunAsync("list")).Require(ExitCode.NotLoggedIn, "session-of-another");
        Assert.Contains(person.Home, run.Error, StringComparison.Ordinal);
        _ = (await person.RunAsync("login", "--json")).Answer;
        _ = (await person.RunAsync("list", "--json")).Answer;
    }

    [Fact]
    public async Task List_SessionWithoutAToken_IsFive()
    {
        var (person, _) = await up.JoinAsync();
        await ChangeAsync(person, "session.json", session => session["accessToken"] = "a.b.c");
        (await person.RunAsync("list")).Require(ExitCode.NotLoggedIn, "session-of-another");
    }

    [Theory]
    [InlineData("put")]
    [InlineData("get")]
    public async Task Sign_KeyOfAnotherParty_IsSixBeforeAnythingIsSent(string command)
    {
        var (person, _) = await up.JoinAsync();
        var key = Assert.Single(Directory.EnumerateFiles(Path.Combine(up.Bob.Home, "keys")));
        File.Copy(key, Path.Combine(person.Home, "keys", Path.GetFileName(key)));
        await ChangeAsync(person, "profile.json", profile => profile["signingKey"] = Path.GetFileNameWithoutExtension(key));

        (await SignAsync(person, command)).Require(ExitCode.NoKey, "key-not-yours");

        Assert.Empty((await person.RunAsync("list", "--mine", "--json")).Answer["documents"]!.AsArray());
        Assert.Empty((await person.RunAsync("exchanges", "--json")).Answer["exchanges"]!.AsArray());
    }

    [Theory]
    [InlineData("kms")]
    [InlineData("wooden")]
    public async Task Sign_KeyOfAnotherKindThanTheProfileSays_IsSixAndNamesTheFile(string kind)
    {
        var (person, _) = await up.JoinAsync();
        await ChangeAsync(person, "profile.json", profile => profile["signingKeyKind"] = kind);
        var run = (await SignAsync(person, "put")).Require(ExitCode.NoKey, "wrong-key-kind");
        Assert.Contains(Path.Combine(person.Home, "profile.json"), run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exchanges")]
    [InlineData("out")]
    public async Task Get_FolderThatCannotBeWritten_IsNamedInWhatToDo(string which)
    {
        var document = await up.DepositAsync(workspace.MakeFile("contract.bin", 10));
        var (person, _) = await up.JoinAsync();
        using var disk = TemplateHost.Testing.SmallDisk.Mount("1m,ro");
        Assert.SkipWhen(disk is null, "No disk can be mounted here: that takes root, and Linux.");
        var folder = which == "out" ? Path.Combine(disk!.Folder, "out") : Path.Combine(person.Home, "exchanges");
        if (which == "exchanges")
        {
            Directory.CreateSymbolicLink(folder, disk!.Folder);
        }

        var target = which == "out" ? folder : workspace.At("out");
        var run = await person.RunAsync("get", document, "--yes", "--json", "--out", target);

        Assert.Equal(ExitCode.LocalFile, run.ExitCode);
        var next = JsonNode.Parse(run.Error)!["next"]!.ToString();
        Assert.Contains(folder, next, StringComparison.Ordinal);
        Assert.Equal(which == "out", next.Contains("with --out", StringComparison.Ordinal));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task ChangeAsync(BuiltCommand person, string name, Action<JsonNode> change)
    {
        var file = Path.Combine(person.Home, name);
        var json = JsonNode.Parse(await File.ReadAllTextAsync(file, Stop))!;
        change(json);
        await File.WriteAllTextAsync(file, json.ToJsonString(), Stop);
    }

    private string PathOfChallenge(string exchange) => Path.Combine(up.Bob.Home, "exchanges", exchange, "challenge.jws");

    private async Task<string> OpenAsync()
    {
        var document = await up.DepositAsync(workspace.MakeFile("contract.bin", 10));
        return (await up.Bob.RunAsync("get", document, "--no-sign", "--json")).Answer["exchangeId"]!.ToString();
    }

    private async Task<CommandRun> SignAsync(BuiltCommand person, string command) =>
        command == "put"
            ? await person.RunAsync("put", workspace.MakeFile("a.bin", 1), "--open")
            : await person.RunAsync("get", await up.DepositAsync(workspace.MakeFile("b.bin", 1)), "--yes", "--out", workspace.At("out"));
}
