using System.Collections.Concurrent;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

[assembly: AssemblyFixture(typeof(TargetShelf))]

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>
/// Moto servers and AWS CLIs, which take seconds of CPU time to start: a class has one of each to itself while it runs, and then the next
/// class has it.
/// </summary>
public sealed class TargetShelf : IAsyncDisposable
{
    private readonly ConcurrentBag<MotoServer> servers = [];
    private readonly ConcurrentBag<AwsCli> commands = [];

    /// <summary>One that nobody uses, or a new one; null where moto is not installed.</summary>
    internal async Task<MotoServer?> TakeMotoAsync() => servers.TryTake(out var idle) ? idle : await MotoServer.StartAsync();

    /// <summary>One that nobody uses, or a new one.</summary>
    internal async Task<AwsCli> TakeCliAsync() => commands.TryTake(out var idle) ? idle : await AwsCli.StartAsync();

    internal void Return(MotoServer moto) => servers.Add(moto);

    internal void Return(AwsCli cli) => commands.Add(cli);

    public async ValueTask DisposeAsync()
    {
        foreach (var moto in servers)
        {
            await moto.DisposeAsync();
        }

        foreach (var cli in commands)
        {
            cli.Dispose();
        }
    }
}
