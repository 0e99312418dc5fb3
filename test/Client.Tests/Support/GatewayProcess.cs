using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FairShare.Client.Tests.Support;

/// <summary>The built command's <c>vault gateway</c>, on a free port.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process process;

    private GatewayProcess(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public static async Task<GatewayProcess> StartAsync(BuiltCommand person, params string[] options)
    {
        var process = person.Start(["vault", "gateway", "--port", "0", "--json", .. options]);
        var ready =
            await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return new(process, JsonNode.Parse(ready)!["port"]!.GetValue<int>());
    }

    public async ValueTask DisposeAsync()
    {
        BuiltCommand.Signal(process, "INT");
        var run = await BuiltCommand.EndAsync(process);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
