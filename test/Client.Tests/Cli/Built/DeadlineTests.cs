using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>A deadline is what was asked for, or refused: by the built command, against <c>up</c>.</summary>
public sealed class DeadlineTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("4")]
    [InlineData("604801")]
    [InlineData("-1")]
    public async Task Get_DeadlineOutOfRange_IsRefusedBeforeAnythingIsReadOrSent(string seconds)
    {
        // Nobody's profile: it would be missed first if anything were read.
        var nobody = new BuiltCommand(workspace.At("nobody"));
        var run = await nobody.RunAsync("get", "nHbmCDyjXuek6C_gI7YUOA", "--deadline", seconds, "--yes");
        run.Require(ExitCode.Usage, "invalid-deadline");
        Assert.Contains("--deadline", run.Error, StringComparison.Ordinal);
        Assert.Contains("from 5 to 604800", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo", "--deadline", "4")]
    public async Task Demo_DeadlineOutOfRange_IsRefusedBeforeAHostStarts(params string[] arguments) =>
        (await new BuiltCommand(workspace.At("nobody")).RunAsync(arguments)).Require(ExitCode.Usage, "invalid-deadline");

    [Theory]
    [InlineData("--deadline x is not a whole number.", "get", "F", "--deadline", "x")]
    [InlineData("--deadline 1.5 is not a whole number.", "get", "F", "--deadline", "1.5")]
    [InlineData("--max-size big is not a whole number.", "put", "F", "--open", "--max-size", "big")]
    [InlineData("--timeout soon is not a whole number.", "list", "--timeout", "soon")]
    public async Task Option_ThatIsNoNumber_IsNamedInPlainWords(string message, params string[] arguments)
    {
        var run = (await new BuiltCommand(workspace.At("nobody")).RunAsync(arguments)).Require(ExitCode.Usage, "usage");
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_DeadlineAlthoughOneIsOpen_IsRefusedAndSaysTheOpenOnes()
    {
        var document = await up.DepositAsync(workspace.MakeFile("contract.bin", 10));
        var opened = (await up.Bob.RunAsync("get", document, "--no-sign", "--deadline", "3000", "--json")).Answer;
        var exchange = opened["exchangeId"]!.ToString();

        foreach (var option in new[] { "--yes", "--no-sign" })
        {
            var run = await up.Bob.RunAsync("get", document, "--deadline", "600", option, "--out", workspace.At("out"));
            run.Require(ExitCode.Usage, "deadline-stands");
            Assert.Contains(opened["due"]!.ToString(), run.Error, StringComparison.Ordinal);
            Assert.Contains(exchange, run.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(workspace.At("out")));
        var got = (await up.Bob.RunAsync("get", document, "--yes", "--out", workspace.At("out"), "--json")).Answer;
        Assert.Equal(exchange, got["exchangeId"]!.ToString());
    }

    [Fact]
    public async Task Get_DeadlineAfterTheReceipt_GoesOnWithTheDownload()
    {
        var document = await up.DepositAsync(workspace.MakeFile("contract.bin", 10));
        _ = (await up.Bob.RunAsync("get", document, "--yes", "--out", workspace.At("out"), "--json")).Answer;
        _ = (await up.Bob.RunAsync("get", document, "--deadline", "600", "--yes", "--out", workspace.At("more"), "--json")).Answer;
    }
}
