using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli;

/// <summary>Whom the commands believe: the store that a login pinned, or a key or file that somebody gives.</summary>
public sealed class StoreTrustTests : IClassFixture<HostFixture>, IDisposable
{
    private readonly Workspace workspace = new();
    private readonly TestCommands commands;
    private readonly TestPeople people;

    public StoreTrustTests(HostFixture fixture)
    {
        commands = new TestCommands(workspace, TestPeople.Environment.GetValueOrDefault);
        people = new TestPeople(commands, workspace, fixture.Host);
    }

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Verify_WithoutAnAnchor_IsNineAndNeverSaysVerified()
    {
        var (kid, folder) = await people.CompleteAsync("jan", "kai");
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
    public async Task Verify_KeyAndFileGiven_BelievesBothAndReadsBoth()
    {
        var (kid, folder) = await people.CompleteAsync("tia", "uri");
        var trust = workspace.At("home", "tia", "trust.json");
        string[] other = ["--store-key", new string('A', 43)];
        Assert.Equal(
            "verified",
            (await commands.RunAsync("stranger", ["verify", folder, "--trust", trust, .. other]))["verdict"]!.ToString()
        );
        var missing = await commands.FailAsync(
            ExitCode.LocalFile,
            "stranger",
            "verify",
            folder,
            "--store-key",
            kid,
            "--trust",
            workspace.At("none")
        );
        Assert.Equal("file-not-found", missing["error"]!.ToString());
    }

    [Fact]
    public async Task Verify_FolderForgedWhole_IsRefusedByWhoPinnedTheStore()
    {
        await people.JoinAsync("lea");
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
        await people.JoinAsync("max");
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
        foreach (var command in new[] { "login", "mfa disable", "mfa enable", "confirm 123456", "register max@cli.example.com" })
        {
            var refused = await commands.FailAsync(ExitCode.NotVerified, "max", command.Split(' '));
            Assert.Equal("store-key-changed", refused["error"]!.ToString());
        }

        await commands.FailAsync(ExitCode.NotVerified, "max", "login", "--trust-store-key", new string('B', 42) + "A");
        Assert.Equal(before, Picture("max"));
        await commands.RunAsync("max", "login", "--trust-store-key", kid);
        await commands.RunAsync("max", "list");
    }

    [Theory]
    [InlineData("list")]
    [InlineData("inbox")]
    [InlineData("keys", "add")]
    [InlineData("mfa", "disable")]
    public async Task Commands_WithoutAPin_MakeNone(params string[] arguments)
    {
        var name = "pia" + string.Concat(arguments);
        await people.JoinAsync(name);
        File.Delete(workspace.At("home", name, "trust.json"));
        var before = Picture(name);
        Assert.Equal("store-not-pinned", (await commands.FailAsync(ExitCode.NotLoggedIn, name, arguments))["error"]!.ToString());
        Assert.Equal(before, Picture(name));
        await commands.RunAsync(name, "login");
        await commands.RunAsync(name, arguments);
    }

    /// <summary>Every file of a profile, with its content.</summary>
    private IEnumerable<string> Picture(string name) =>
        [
            .. Directory
                .EnumerateFiles(workspace.At("home", name), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file}: {Convert.ToBase64String(File.ReadAllBytes(file))}"),
        ];
}
