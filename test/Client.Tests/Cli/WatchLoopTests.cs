using FairShare.Cli;
using FairShare.Cli.Commands;
using FairShare.Cli.Commands.Exchange;
using FairShare.Cli.Output;
using FairShare.Cli.Settings;

namespace FairShare.Client.Tests.Cli;

public sealed class WatchLoopTests : IDisposable
{
    private readonly StringWriter error = new();
    private readonly CommandContext context;

    public WatchLoopTests()
    {
        var terminal = new Terminal
        {
            Output = TextWriter.Null,
            Error = error,
            ShowsProgress = false,
            CanAsk = false,
        };
        var environment = new CommandEnvironment(_ => null);
        var commands = CommandTree.Create(new CommandRunner(terminal, environment, TimeProvider.System));
        context = new(commands.Parse(["inbox", "--watch", "inbox", "--once"]), terminal, environment, TimeProvider.System);
    }

    public void Dispose()
    {
        context.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Attempt_OfAFileWhoseNameCommandsTheTerminal_NamesItWithoutThat()
    {
        await new WatchLoop(context).AttemptAsync("a\u001b[2J.txt", () => throw new IOException("It cannot be read."));

        Assert.StartsWith("a\uFFFD[2J.txt: It cannot be read.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ALookThatFails_PutsOffNoFileOfThatName()
    {
        var loop = new WatchLoop(context);

        await loop.RunAsync(_ => throw new IOException("The folder is gone."), TestContext.Current.CancellationToken);

        Assert.StartsWith("The folder is gone.", error.ToString(), StringComparison.Ordinal);
        Assert.True(loop.IsDue("look"));
    }
}
