using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli;

public sealed class WatchCommandTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Watch_AFileThatChangesWhileAnotherIsSent_IsSentOnceAsItIsThen()
    {
        var commands = new TestCommands(workspace, TestPeople.Environment.GetValueOrDefault);
        await new TestPeople(commands, workspace, fixture.Host).JoinAsync("watcher");
        var outbox = Directory.CreateDirectory(workspace.At("outbox")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outbox, "a.txt"), "first", TestContext.Current.CancellationToken);
        var second = Path.Combine(outbox, "b.txt");
        await File.WriteAllTextAsync(second, "second", TestContext.Current.CancellationToken);
        using var output = new FirstLineWriter(() => File.AppendAllText(second, ", and more"));
        using var error = new StringWriter();

        string[] watch = ["watch", outbox, "--open", "--settle", "0", "--interval", "1", "--once", "--json"];
        // The second time nothing is left to do: what was sent is what the journal says.
        for (var run = 0; run < 2; run++)
        {
            Assert.True(await commands.InvokeAsync("watcher", output, error, watch) == 0, error.ToString());
        }

        var listed = (await commands.RunAsync("watcher", "list", "--mine"))["documents"]!.AsArray();
        Assert.Equal(
            [("a.txt", 5), ("b.txt", 16)],
            listed.Select(one => (one!["name"]!.ToString(), one["size"]!.GetValue<int>())).Order().ToList()
        );
    }

    private sealed class FirstLineWriter(Action first) : StringWriter
    {
        private bool isWritten;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (!isWritten)
            {
                isWritten = true;
                first();
            }
        }
    }
}
