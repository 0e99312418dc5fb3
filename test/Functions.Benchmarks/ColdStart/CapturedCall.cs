using System.Collections.Concurrent;
using FairShare.Host;
using FairShare.Testing;
using TemplateHost.Hosting;
using TemplateHost.Kernel;

namespace FairShare.Functions.Benchmarks.ColdStart;

/// <summary>The last call of a function in a whole exchange on the embedded host, and the environment that it was given there.</summary>
internal sealed record CapturedCall(IReadOnlyDictionary<string, string> Environment, byte[] Payload);

/// <summary>Notes the calls of all functions while a host runs them in its process.</summary>
internal sealed class CallCapture
{
    private readonly ConcurrentDictionary<string, CapturedCall> calls = [];

    /// <summary>Starts a host whose functions have each been called once, where a whole exchange calls them.</summary>
    public async Task<TestHost> StartAsync(EmbeddedHostOptions options)
    {
        var host = await TestHost.StartAsync(options, isJudged: false, functions: Start);
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        (await exchange.SubmitReceiptAsync()).Require(200);
        await exchange.WaitForEndingAsync();
        return host;
    }

    /// <summary>The last call of a handler.</summary>
    /// <exception cref="KeyNotFoundException">No exchange calls it.</exception>
    public CapturedCall Of(string handler) => calls[handler];

    private FunctionHandler Start(FunctionStart start)
    {
        var handler = HandlerFactory.Start(start);
        var environment = new Dictionary<string, string>(start.Environment) { ["_HANDLER"] = start.Handler };
        return async (payload, invocation) =>
        {
            using var copy = new MemoryStream();
            await payload.CopyToAsync(copy);
            calls[start.Handler] = new CapturedCall(environment, copy.ToArray());
            copy.Position = 0;
            return await handler(copy, invocation);
        };
    }
}
