using System.Text.Json.Nodes;
using FairShare.Cli;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli;

/// <summary>The commands as two people use them, against the embedded host.</summary>
public sealed class CommandLineTests : IClassFixture<HostFixture>, IDisposable
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["FAIRSHARE_PASSWORD"] = "Correct-horse-1",
        ["FAIRSHARE_PASSPHRASE"] = "battery staple",
    };

    private readonly Workspace workspace = new();
    private readonly HostFixture fixture;
    private readonly TestCommands commands;

    public CommandLineTests(HostFixture fixture)
    {
        this.fixture = fixture;
        commands = new TestCommands(workspace, variable => Environment.GetValueOrDefault(variable));
    }

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Commands_WholeExchange_EndInVerifiedEvidence()
    {
        await JoinAsync("ann");
        var bob = await JoinAsync("ben");
        var source = workspace.MakeFile("contract.bin", 5000);
        var put = await commands.RunAsync("ann", "put", source, "--to", bob, "--disclose-digest");
        var listed = await commands.RunAsync("ben", "list");
        Assert.Equal(put["fileId"]!.ToString(), listed["documents"]![0]!["fileId"]!.ToString());

        var got = await commands.RunAsync(
            "ben",
            "get",
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
        await CompleteAsync("moe", "ned");
        foreach (var home in new[] { workspace.At("home", "moe"), workspace.At("home", "ned") })
        {
            Assert.All(
                Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories).Prepend(home),
                entry => Assert.Equal("---", Others(entry))
            );
        }
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("frobnicate", "put", "a.pdf", "frobnicate", "--open")]
    [InlineData("--frobnicate", "list", "--frobnicate")]
    public async Task Commands_UnknownWord_IsNamed(string unknown, params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Usage, await commands.InvokeAsync("usage", TextWriter.Null, error, arguments));
        Assert.Contains($" {unknown}. ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--to bob: A party id is", "put", "FILE", "--to", "bob")]
    [InlineData("--store-key nope: A key id is", "verify", "FOLDER", "--store-key", "nope")]
    [InlineData("file-id x: A document id is", "abort", "x")]
    public async Task Commands_MalformedIdentifier_AreNamedWithTheirArgument(string message, params string[] arguments)
    {
        var name = "uwe-" + arguments[0];
        await JoinAsync(name);
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
        await JoinAsync("cat");
        await JoinAsync("dan");
        var put = await commands.RunAsync("cat", "put", workspace.MakeFile("contract.bin", 10), "--open", "--disclose-digest");
        var error = await commands.FailAsync(
            ExitCode.NotVerified,
            "dan",
            "get",
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
        await JoinAsync("hal");
        await JoinAsync("ida");
        var put = await commands.RunAsync("hal", "put", workspace.MakeFile("contract.bin", 10), "--open");
        var document = (await commands.RunAsync("ida", "list"))["documents"]!
            .AsArray()
            .Single(entry => entry!["fileId"]!.ToString() == put["fileId"]!.ToString());
        Assert.Null(document!["digest"]);
        var error = await commands.FailAsync(
            ExitCode.NotVerified,
            "ida",
            "get",
            put["fileId"]!.ToString(),
            "--digest",
            put["digest"]!.ToString()
        );
        Assert.Equal("digest-not-disclosed", error["error"]!.ToString());
        Assert.Empty((await commands.RunAsync("hal", "inbox"))["messages"]!.AsArray());
    }

    [Fact]
    public async Task Verify_WithoutAnAnchor_IsNineAndNeverSaysVerified()
    {
        var (kid, folder) = await CompleteAsync("jan", "kai");
        using var output = new StringWriter();
        Assert.Equal(ExitCode.NotAnchored, await commands.InvokeAsync("stranger", output, TextWriter.Null, ["verify", folder]));
        Assert.Contains("Consistent, but nobody vouches for the key of the store", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("verified", output.ToString(), StringComparison.OrdinalIgnoreCase);

        Assert.Equal(
            "given with --store-key",
            (await commands.RunAsync("stranger", "verify", folder, "--store-key", kid))["anchor"]!.ToString()
        );
        var trust = workspace.At("trust.json");
        File.Copy(workspace.At("home", "jan", "trust.json"), trust);
        Assert.Equal("verified", (await commands.RunAsync("stranger", "verify", folder, "--trust", trust))["verdict"]!.ToString());
        Assert.Equal(
            ExitCode.NotVerified,
            await commands.InvokeAsync("stranger", TextWriter.Null, TextWriter.Null, ["verify", folder, "--store-key", new string('A', 43)])
        );
    }

    [Fact]
    public async Task Verify_FolderForgedWhole_IsRefusedByWhoPinnedTheStore()
    {
        await JoinAsync("lea");
        var document = workspace.MakeFile("document.txt", 100);
        var forged = await Forger.WriteAsync(workspace.At("forged"), document);
        var pins = Path.Combine(workspace.At("home", "lea"), "trust.json");
        var store = JsonNode.Parse(await File.ReadAllTextAsync(pins, TestContext.Current.CancellationToken))!;
        store["stores"]![0]!["store"] = "urn:fairshare:tds:vectors";
        await File.WriteAllTextAsync(pins, store.ToJsonString(), TestContext.Current.CancellationToken);

        using var output = new StringWriter();
        Assert.Equal(
            ExitCode.NotVerified,
            await commands.InvokeAsync("lea", output, TextWriter.Null, ["verify", forged.Path, "--document", document])
        );
        Assert.Contains("FAIL  store.key", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_StoreShowsAnotherKeyThanThePinnedOne_DoNothing()
    {
        await JoinAsync("max");
        var pins = Path.Combine(workspace.At("home", "max"), "trust.json");
        var text = await File.ReadAllTextAsync(pins, TestContext.Current.CancellationToken);
        var kid = JsonNode.Parse(text)!["stores"]![0]!["keys"]![0]!.ToString();
        await File.WriteAllTextAsync(
            pins,
            text.Replace(kid, new string('A', 43), StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        var before = Picture("max");
        Assert.Equal("store-key-changed", (await commands.FailAsync(ExitCode.NotVerified, "max", "list"))["error"]!.ToString());
        Assert.Equal("store-key-changed", (await commands.FailAsync(ExitCode.NotVerified, "max", "login"))["error"]!.ToString());
        await commands.FailAsync(ExitCode.NotVerified, "max", "login", "--trust-store-key", new string('B', 42) + "A");
        Assert.Equal(before, Picture("max"));
        await commands.RunAsync("max", "login", "--trust-store-key", kid);
        await commands.RunAsync("max", "list");
    }

    [Theory]
    [InlineData("list")]
    [InlineData("inbox")]
    [InlineData("keys", "add")]
    public async Task Commands_WithoutAPin_MakeNone(params string[] arguments)
    {
        var name = "pia" + string.Concat(arguments);
        await JoinAsync(name);
        File.Delete(workspace.At("home", name, "trust.json"));
        var before = Picture(name);
        Assert.Equal("store-not-pinned", (await commands.FailAsync(ExitCode.NotLoggedIn, name, arguments))["error"]!.ToString());
        Assert.Equal(before, Picture(name));
        await commands.RunAsync(name, "login");
        await commands.RunAsync(name, arguments);
    }

    [Fact]
    public async Task Keys_AddedAndRetired_AreListedAndSignNothingMore()
    {
        await JoinAsync("eve");
        var held = await commands.RunAsync("eve", "keys", "add", "--held");
        await commands.RunAsync("eve", "keys", "retire", held["kid"]!.ToString());
        var keys = (await commands.RunAsync("eve", "keys", "list"))["keys"]!.AsArray();
        Assert.Equal(["self", "kms"], keys.Select(key => key!["kind"]!.ToString()));
        Assert.NotNull(keys[1]!["retiredAt"]);
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
        await JoinAsync("fay");
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
        await JoinAsync("gus");
        var error = await commands.FailAsync(ExitCode.Usage, "gus", "register", "other@example.com");
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
        Assert.Equal(exitCode, await commands.InvokeAsync("usage", TextWriter.Null, error, arguments));
        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"^fairshare: .+ \[[a-z-]+\] .+\.$", line.TrimEnd());
    }

    /// <summary>Every file of a profile, with its content.</summary>
    private IEnumerable<string> Picture(string name) =>
        [
            .. Directory
                .EnumerateFiles(workspace.At("home", name), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file}: {Convert.ToBase64String(File.ReadAllBytes(file))}"),
        ];

    /// <summary>What the file or folder lets others than its owner do.</summary>
    private static string Others(string path)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~Owner) == 0 ? "---" : $"{path}: {File.GetUnixFileMode(path)}";
    }

    private async Task<string> JoinAsync(string name)
    {
        var address = $"{name}@cli.example.com";
        await commands.RunAsync(name, "register", address, "--service", fixture.Host.ApiUrl);
        await commands.RunAsync(name, "confirm", fixture.Host.Mailbox.For(address)[^1].Code);
        return (await commands.RunAsync(name, "login"))["party"]!.ToString();
    }

    /// <summary>A whole exchange between two new people.</summary>
    /// <returns>The store's key, and a folder with the evidence.</returns>
    private async Task<(string StoreKey, string Folder)> CompleteAsync(string uploader, string downloader)
    {
        await JoinAsync(uploader);
        var reader = await JoinAsync(downloader);
        var put = await commands.RunAsync(uploader, "put", workspace.MakeFile($"{uploader}.bin", 500), "--to", reader);
        var got = await commands.RunAsync(downloader, "get", put["fileId"]!.ToString(), "--out", workspace.At($"out-{downloader}"));
        await commands.RunAsync(uploader, "evidence", got["exchangeId"]!.ToString(), "--out", workspace.At($"evidence-{uploader}"));
        return ((await commands.RunAsync(uploader, "login"))["storeKeys"]![0]!.ToString(), workspace.At($"evidence-{uploader}"));
    }
}
