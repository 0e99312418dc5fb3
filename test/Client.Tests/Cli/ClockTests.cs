using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using FairShare.Testing;

namespace FairShare.Client.Tests.Cli;

/// <summary>A machine whose clock is off signs nothing and opens nothing, and is told that it is its clock.</summary>
public sealed class ClockTests : IClassFixture<HostFixture>, IDisposable
{
    private readonly Workspace workspace = new();
    private readonly ShiftedTime time = new();
    private readonly TestCommands commands;
    private readonly TestCommands wrong;
    private readonly TestPeople people;

    public ClockTests(HostFixture fixture)
    {
        commands = new TestCommands(workspace, TestPeople.Environment.GetValueOrDefault);
        wrong = new TestCommands(workspace, TestPeople.Environment.GetValueOrDefault, time);
        people = new TestPeople(commands, workspace, fixture.Host);
    }

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData(3000, "ahead of")]
    [InlineData(90, "ahead of")]
    [InlineData(-3000, "behind")]
    public async Task Get_ClockOff_OpensNothingAndNamesIt(int seconds, string direction)
    {
        var (alice, bob) = ($"zoe{seconds}", $"zed{seconds}");
        await people.JoinAsync(alice);
        var document = await DepositAsync(alice, await people.JoinAsync(bob));
        time.Advance(TimeSpan.FromSeconds(seconds));

        var error = await wrong.FailAsync(ExitCode.LocalFile, bob, "get", document, "--yes", "--out", workspace.At(bob));

        Assert.Equal("clock-off", error["error"]!.ToString());
        Assert.Matches($@"^This machine's clock is \d+ s {direction} the service's\.$", error["message"]!.ToString());
        Assert.Empty((await commands.RunAsync(bob, "exchanges"))["exchanges"]!.AsArray());
        await commands.RunAsync(bob, "get", document, "--yes", "--out", workspace.At(bob));
    }

    [Fact]
    public async Task Get_OfAnOpenExchangeWithTheClockOff_LeavesItToBeGoneOnWith()
    {
        await people.JoinAsync("yan");
        var document = await DepositAsync("yan", await people.JoinAsync("yun"));
        var exchange = (await commands.RunAsync("yun", "get", document, "--no-sign"))["exchangeId"]!.ToString();
        time.Advance(TimeSpan.FromSeconds(5000));

        await wrong.FailAsync(ExitCode.LocalFile, "yun", "get", "--exchange", exchange, "--yes", "--out", workspace.At("out"));
        await wrong.FailAsync(ExitCode.LocalFile, "yun", "decline", exchange);

        var got = await commands.RunAsync("yun", "get", "--exchange", exchange, "--yes", "--out", workspace.At("out"));
        Assert.Equal("Completed", got["state"]!.ToString());
    }

    [Fact]
    public async Task Put_ClockOff_AnnouncesNothing()
    {
        await people.JoinAsync("xia");
        time.Advance(TimeSpan.FromSeconds(120));
        var error = await wrong.FailAsync(ExitCode.LocalFile, "xia", "put", workspace.MakeFile("a.bin", 1), "--open");
        Assert.Equal("clock-off", error["error"]!.ToString());
        Assert.Empty((await commands.RunAsync("xia", "list", "--mine"))["documents"]!.AsArray());
    }

    [Fact]
    public async Task Login_ClockOff_AsksForNoPassword()
    {
        await people.JoinAsync("xue");
        time.Advance(TimeSpan.FromHours(-30));
        var error = await wrong.FailAsync(ExitCode.LocalFile, "xue", "login", "--password-file", workspace.At("none"));
        Assert.Equal("clock-off", error["error"]!.ToString());
    }

    private async Task<string> DepositAsync(string uploader, string reader) =>
        (await commands.RunAsync(uploader, "put", workspace.MakeFile("contract.bin", 100), "--to", reader))["fileId"]!.ToString();
}
