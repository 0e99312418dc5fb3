using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli;

/// <summary>The commands as two people use them, against the embedded host.</summary>
public sealed class CommandLineTests : IClassFixture<HostFixture>, IDisposable
{
    private readonly Workspace workspace = new();
    private readonly TestCommands commands;
    private readonly TestPeople people;

    public CommandLineTests(HostFixture fixture)
    {
        commands = new TestCommands(workspace, TestPeople.Environment.GetValueOrDefault);
        people = new TestPeople(commands, workspace, fixture.Host);
    }

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Commands_WholeExchange_EndInVerifiedEvidence()
    {
        await people.JoinAsync("ann");
        var bob = await people.JoinAsync("ben");
        var source = workspace.MakeFile("contract.bin", 5000);
        var put = await commands.RunAsync("ann", "put", source, "--to", bob, "--disclose-digest");
        var listed = await commands.RunAsync("ben", "list");
        Assert.Equal(put["fileId"]!.ToString(), listed["documents"]![0]!["fileId"]!.ToString());

        var got = await commands.RunAsync(
            "ben",
            "get",
            "--yes",
            put["fileId"]!.ToString(),
            "--out",
            workspace.At("out"),
            "--digest",
            put["digest"]!.ToString()
        );
        Assert.Equal(
            await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(got["path"]!.ToString(), TestContext.Current.CancellationToken)
        );
        var exchange = got["exchangeId"]!.ToString();
        var message = (await commands.RunAsync("ann", "inbox"))["messages"]![0]!;
        Assert.Equal(("7", exchange), (message["protocolStep"]!.ToString(), message["exchangeId"]!.ToString()));

        await commands.RunAsync("ann", "evidence", exchange, "--out", workspace.At("evidence"));
        var verified = await commands.RunAsync("ann", "verify", workspace.At("evidence"), "--document", source);
        Assert.Contains("pinned on", verified["anchor"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            (true, true, "Completed"),
            (verified["verified"]!.GetValue<bool>(), verified["documentChecked"]!.GetValue<bool>(), verified["state"]!.ToString())
        );
    }

    [Fact]
    public async Task Profile_AfterAnExchange_IsItsOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await people.CompleteAsync("moe", "ned");
        foreach (var home in new[] { workspace.At("home", "moe"), workspace.At("home", "ned") })
        {
            Assert.All(
                Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories).Prepend(home),
                entry => Assert.Equal("---", Others(entry))
            );
        }
    }

    [Theory]
    [InlineData("--once", "--once")]
    [InlineData("--interval", "--interval", "5")]
    [InlineData("--accept-from", "--accept-from", "alice")]
    [InlineData("--wait", "--wait", "--watch", "inbox")]
    public async Task Inbox_OptionsThatDoNotGoTogether_AreRefused(string named, params string[] options)
    {
        var refusal = await commands.FailAsync(ExitCode.Usage, "usage", ["inbox", .. options]);
        Assert.Contains($"{named} ", $"{refusal["message"]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("frobnicate", "get", "a", "frobnicate", "--yes")]
    [InlineData("--frobnicate", "list", "--frobnicate")]
    public async Task Commands_UnknownWord_IsNamed(string unknown, params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Usage, await commands.InvokeAsync("usage", TextWriter.Null, error, arguments));
        Assert.Contains($" {unknown}. ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bob is neither a party id nor a contact's", "put", "FILE", "--to", "bob")]
    [InlineData("--store-key nope: A key id is", "verify", "FOLDER", "--store-key", "nope")]
    [InlineData("file-id x: A document id is", "abort", "x")]
    public async Task Commands_MalformedIdentifier_AreNamedWithTheirArgument(string message, params string[] arguments)
    {
        var name = "uwe-" + arguments[0];
        await people.JoinAsync(name);
        arguments =
        [
            .. arguments.Select(word =>
                word switch
                {
                    "FILE" => workspace.MakeFile("a.bin", 1),
                    "FOLDER" => workspace.Path,
                    _ => word,
                }
            ),
        ];
        var error = await commands.FailAsync(ExitCode.Usage, name, arguments);
        Assert.StartsWith(message, error["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OtherDigestThanAsked_SignsNothingAndIsThree()
    {
        await people.JoinAsync("cat");
        await people.JoinAsync("dan");
        var put = await commands.RunAsync("cat", "put", workspace.MakeFile("contract.bin", 10), "--open", "--disclose-digest");
        var error = await commands.FailAsync(
            ExitCode.NotVerified,
            "dan",
            "get",
            "--yes",
            put["fileId"]!.ToString(),
            "--digest",
            new string('A', 43)
        );
        Assert.Equal("digest-mismatch", error["error"]!.ToString());
        Assert.Empty((await commands.RunAsync("cat", "inbox"))["messages"]!.AsArray());
    }

    [Fact]
    public async Task Get_DigestThatIsNotDisclosed_SignsNothingAndIsThree()
    {
        await people.JoinAsync("hal");
        await people.JoinAsync("ida");
        var put = await commands.RunAsync("hal", "put", workspace.MakeFile("contract.bin", 10), "--open");
        var document = (await commands.RunAsync("ida", "list"))["documents"]!
            .AsArray()
            .Single(entry => entry!["fileId"]!.ToString() == put["fileId"]!.ToString());
        Assert.Null(document!["digest"]);
        var error = await commands.FailAsync(
            ExitCode.NotVerified,
            "ida",
            "get",
            "--yes",
            put["fileId"]!.ToString(),
            "--digest",
            put["digest"]!.ToString()
        );
        Assert.Equal("digest-not-disclosed", error["error"]!.ToString());
        Assert.Empty((await commands.RunAsync("hal", "inbox"))["messages"]!.AsArray());
    }

    [Fact]
    public async Task Keys_AddedAndRetired_AreListedAndSignNothingMore()
    {
        await people.JoinAsync("eve");
        var held = await commands.RunAsync("eve", "keys", "add", "--held");
        await commands.RunAsync("eve", "keys", "retire", held["kid"]!.ToString());
        var keys = (await commands.RunAsync("eve", "keys", "list"))["keys"]!.AsArray();
        Assert.Equal(["kms", "self"], keys.Select(key => key!["kind"]!.ToString()));
        Assert.NotNull(keys[0]!["retiredAt"]);
        var error = await commands.FailAsync(ExitCode.NoKey, "eve", "put", workspace.MakeFile("x.bin", 1), "--open");
        Assert.Equal("no-key", error["error"]!.ToString());
    }

    [Fact]
    public async Task Commands_BeforeLogin_AreFive() =>
        Assert.Equal("not-registered", (await commands.FailAsync(ExitCode.NotLoggedIn, "nobody", "list"))["error"]!.ToString());

    [Fact]
    public async Task Commands_ServiceThatIsNotThere_IsFour() =>
        Assert.Equal(
            "unreachable",
            (await commands.FailAsync(ExitCode.Unreachable, "lost", "register", "x@example.com", "--service", "http://127.0.0.1:9"))[
                "error"
            ]!.ToString()
        );

    [Fact]
    public async Task Commands_WrongPassphrase_IsSix()
    {
        await people.JoinAsync("fay");
        await File.WriteAllTextAsync(workspace.At("wrong.txt"), "wrong passphrase\n", TestContext.Current.CancellationToken);
        await commands.FailAsync(
            ExitCode.NoKey,
            "fay",
            "put",
            workspace.MakeFile("x.bin", 1),
            "--open",
            "--passphrase-file",
            workspace.At("wrong.txt")
        );
    }

    [Fact]
    public async Task Commands_ProfileOfSomebodyElse_IsTwo()
    {
        await people.JoinAsync("gus");
        var error = await commands.FailAsync(ExitCode.Usage, "gus", "register", "other@example.com");
        Assert.Equal("profile-in-use", error["error"]!.ToString());
    }

    [Theory]
    [InlineData(ExitCode.Usage, "frobnicate")]
    [InlineData(ExitCode.Usage, "put")]
    [InlineData(ExitCode.Usage, "put", "missing.bin")]
    [InlineData(ExitCode.LocalFile, "put", "missing.bin", "--open")]
    [InlineData(ExitCode.Usage, "verify", "")]
    [InlineData(ExitCode.Usage, "verify", "/nonexistent", "--document", "")]
    [InlineData(ExitCode.Usage, "demo", "--out", "")]
    [InlineData(ExitCode.Usage, "up", "--data", "")]
    [InlineData(ExitCode.LocalFile, "verify", "/nonexistent")]
    [InlineData(ExitCode.LocalFile, "demo", "/nonexistent")]
    public async Task Commands_UnusableInput_SayWhatAndWhatNextOnOneLine(int exitCode, params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(exitCode, await commands.InvokeAsync("usage", TextWriter.Null, error, arguments));
        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^fairshare: .+ \[[a-z-]+\] .+\.$", line.TrimEnd());
    }

    /// <summary>What the file or folder lets others than its owner do.</summary>
    private static string Others(string path)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~Owner) == 0 ? "---" : $"{path}: {File.GetUnixFileMode(path)}";
    }
}
