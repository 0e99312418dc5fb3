using System.Text.Json.Nodes;
using FairShare.Cli;
using FairShare.Cli.Commands;
using FairShare.Cli.Output;
using FairShare.Cli.Settings;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli;

/// <summary>The commands as two people use them, against the embedded host.</summary>
public sealed class CommandLineTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["FAIRSHARE_PASSWORD"] = "Correct-horse-1",
        ["FAIRSHARE_PASSPHRASE"] = "battery staple",
    };

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Commands_WholeExchange_EndInVerifiedEvidence()
    {
        await JoinAsync("ann");
        var bob = await JoinAsync("ben");
        var source = workspace.MakeFile("contract.bin", 5000);
        var put = await RunAsync("ann", "put", source, "--to", bob);
        var listed = await RunAsync("ben", "list");
        Assert.Equal(put["fileId"]!.ToString(), listed["documents"]![0]!["fileId"]!.ToString());

        var got = await RunAsync("ben", "get", put["fileId"]!.ToString(), "--out", workspace.At("out"), "--digest", put["digest"]!.ToString());
        Assert.Equal(await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(got["path"]!.ToString(), TestContext.Current.CancellationToken));
        var exchange = got["exchangeId"]!.ToString();
        var message = (await RunAsync("ann", "inbox"))["messages"]![0]!;
        Assert.Equal(("7", exchange), (message["protocolStep"]!.ToString(), message["exchangeId"]!.ToString()));

        await RunAsync("ann", "evidence", exchange, "--out", workspace.At("evidence"));
        var verified = await RunAsync("ann", "verify", workspace.At("evidence"), "--document", source);
        Assert.Equal((true, true, "Completed"), (verified["verified"]!.GetValue<bool>(), verified["documentChecked"]!.GetValue<bool>(), verified["state"]!.ToString()));
    }

    [Fact]
    public async Task Get_OtherDigestThanAsked_SignsNothingAndIsThree()
    {
        await JoinAsync("cat");
        await JoinAsync("dan");
        var put = await RunAsync("cat", "put", workspace.MakeFile("contract.bin", 10), "--open");
        var error = await FailAsync(ExitCode.NotVerified, "dan", "get", put["fileId"]!.ToString(), "--digest", new string('A', 43));
        Assert.Equal("digest-mismatch", error["error"]!.ToString());
        Assert.Empty((await RunAsync("cat", "inbox"))["messages"]!.AsArray());
    }

    [Fact]
    public async Task Keys_AddedAndRetired_AreListedAndSignNothingMore()
    {
        await JoinAsync("eve");
        var held = await RunAsync("eve", "keys", "add", "--held");
        await RunAsync("eve", "keys", "retire", held["kid"]!.ToString());
        var keys = (await RunAsync("eve", "keys", "list"))["keys"]!.AsArray();
        Assert.Equal(["self", "kms"], keys.Select(key => key!["kind"]!.ToString()));
        Assert.NotNull(keys[1]!["retiredAt"]);
        var error = await FailAsync(ExitCode.NoKey, "eve", "put", workspace.MakeFile("x.bin", 1), "--open");
        Assert.Equal("no-key", error["error"]!.ToString());
    }

    [Fact]
    public async Task Commands_BeforeLogin_AreFive() =>
        Assert.Equal("not-registered", (await FailAsync(ExitCode.NotLoggedIn, "nobody", "list"))["error"]!.ToString());

    [Fact]
    public async Task Commands_ServiceThatIsNotThere_IsFour() => Assert.Equal(
        "unreachable", (await FailAsync(ExitCode.Unreachable, "lost", "register", "x@example.com", "--service", "http://127.0.0.1:9"))["error"]!.ToString());

    [Fact]
    public async Task Commands_WrongPassphrase_IsSix()
    {
        await JoinAsync("fay");
        await File.WriteAllTextAsync(workspace.At("wrong.txt"), "wrong passphrase\n", TestContext.Current.CancellationToken);
        await FailAsync(ExitCode.NoKey, "fay", "put", workspace.MakeFile("x.bin", 1), "--open", "--passphrase-file", workspace.At("wrong.txt"));
    }

    [Fact]
    public async Task Commands_ProfileOfSomebodyElse_IsTwo()
    {
        await JoinAsync("gus");
        var error = await FailAsync(ExitCode.Usage, "gus", "register", "other@example.com");
        Assert.Equal("profile-in-use", error["error"]!.ToString());
    }

    [Theory]
    [InlineData(ExitCode.Usage, "frobnicate")]
    [InlineData(ExitCode.Usage, "put")]
    [InlineData(ExitCode.Usage, "put", "missing.bin")]
    [InlineData(ExitCode.LocalFile, "put", "missing.bin", "--open")]
    [InlineData(ExitCode.LocalFile, "verify", "/nonexistent")]
    [InlineData(ExitCode.LocalFile, "demo", "/nonexistent")]
    public async Task Commands_UnusableInput_SayWhatAndWhatNextOnOneLine(int exitCode, params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(exitCode, await InvokeAsync("usage", TextWriter.Null, error, arguments));
        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^fairshare: .+ \[[a-z-]+\] .+\.$", line.TrimEnd());
    }

    private async Task<string> JoinAsync(string name)
    {
        var address = $"{name}@cli.example.com";
        await RunAsync(name, "register", address, "--service", fixture.Host.ApiUrl);
        await RunAsync(name, "confirm", fixture.Host.Mailbox.For(address)[^1].Code);
        return (await RunAsync(name, "login"))["party"]!.ToString();
    }

    private async Task<JsonObject> RunAsync(string name, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.True(await InvokeAsync(name, output, error, [.. arguments, "--json"]) == 0, error.ToString());
        return JsonNode.Parse(output.ToString())!.AsObject();
    }

    private async Task<JsonObject> FailAsync(int exitCode, string name, params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(exitCode, await InvokeAsync(name, TextWriter.Null, error, [.. arguments, "--json"]));
        return JsonNode.Parse(error.ToString())!.AsObject();
    }

    private Task<int> InvokeAsync(string name, TextWriter output, TextWriter error, string[] arguments)
    {
        var terminal = new Terminal { Output = output, Error = error, ShowsProgress = false, CanAsk = false };
        var runner = new CommandRunner(terminal, new CommandEnvironment(variable => Environment.GetValueOrDefault(variable)));
        return runner.InvokeAsync(CommandTree.Create(runner), [.. arguments, "--home", workspace.At("home", name)]);
    }
}
