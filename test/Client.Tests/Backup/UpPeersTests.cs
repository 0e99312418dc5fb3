using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary><c>up --peers</c>: peers beside the service, in a process of the built command.</summary>
public sealed class UpPeersTests : IDisposable
{
    private const string Adding = "fairshare peer add ";

    private readonly Workspace workspace = new();
    private readonly BuiltCommand command;
    private Process? running;

    public UpPeersTests() => command = new BuiltCommand(workspace.At("home"));

    public void Dispose()
    {
        // One that a failed test has left running.
        running?.Kill();
        running?.Dispose();
        workspace.Dispose();
    }

    [Fact]
    public async Task Up_WithPeersStoppedAndStartedAgain_HasTheirStateAndAddresses()
    {
        var (first, peers) = await StartAsync();
        Assert.Equal(["p1", "p2", "p3"], peers.Select(peer => peer["name"]!.ToString()));
        foreach (var peer in peers)
        {
            // What is printed is the command that is typed.
            var added = peer["add"]!.ToString();
            Assert.StartsWith(Adding, added);
            var noted = (await command.RunAsync([.. added.Split(' ')[1..], "--json"])).Answer;
            Assert.Equal(($"house {noted["name"]}", $"operator {noted["name"]}"), ($"{noted["domain"]}", $"{noted["operator"]}"));
        }

        var file = workspace.MakeFile("note.bin", 20_000);
        var backup = (await command.RunAsync("backup", "create", file, "-m", "2", "--json")).Answer["backup"]!.ToString();
        await StopAsync(first);

        var (second, again) = await StartAsync();
        Assert.Equal(peers.Select(peer => $"{peer["url"]}"), again.Select(peer => $"{peer["url"]}"));
        _ = (await command.RunAsync("backup", "restore", backup, "--out", workspace.At("out"), "--json")).Answer;
        await StopAsync(second);
        Assert.Equal(
            await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(workspace.At("out", "note.bin"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Up_OnAPeersPortInUse_SaysWhichAndStartsNothing()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Directory.CreateDirectory(workspace.At("data", "peers", "2"));
        var note = workspace.At("data", "peers", "2", "port");
        await File.WriteAllTextAsync(note, $"{port}", TestContext.Current.CancellationToken);

        var run = (await RefuseAsync("2")).Require(8, "cannot-start");
        Assert.Contains($"port {port} ", run.Error, StringComparison.Ordinal);
        Assert.Contains(note, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);

        await File.WriteAllTextAsync(note, "eighty", TestContext.Current.CancellationToken);
        Assert.Contains(note, (await RefuseAsync("2")).Require(8, "cannot-start").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("41")]
    public async Task Up_WithNoNumberOfPeers_IsUsageAndMakesNothing(string count)
    {
        Assert.Contains("0 to 40", (await RefuseAsync(count)).Require(2, "usage").Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.At("data")));
    }

    private async Task<CommandRun> RefuseAsync(string count)
    {
        running = Start("up", $"--peers={count}");
        // What starts says so; it would run for ever.
        Assert.Null(await running.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var ending = running;
        running = null;
        return await BuiltCommand.EndAsync(ending);
    }

    private Process Start(params string[] options) =>
        command.Start([.. options, "--data", workspace.At("data"), "--port", "0", "--aws-port", "0"]);

    private async Task<(Process Host, IReadOnlyList<JsonNode> Peers)> StartAsync()
    {
        var owner = (await command.RunAsync("backup", "owner", "--json")).Answer["kid"]!.ToString();
        var host = running = Start("up", "--json", "--peers", "3", "--peer-owner", owner);
        var announced =
            await host.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException(await host.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return (host, [.. JsonNode.Parse(announced)!["peers"]!.AsArray().Select(peer => peer!)]);
    }

    private async Task StopAsync(Process host)
    {
        running = null;
        BuiltCommand.Signal(host, "TERM");
        var ended = await BuiltCommand.EndAsync(host);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("stopped", ended.Output, StringComparison.Ordinal);
    }
}
