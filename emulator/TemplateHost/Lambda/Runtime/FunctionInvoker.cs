using System.Collections.Concurrent;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Runtime;

/// <summary>Invokes functions by name, over a pool of instances for each; a function that was changed gets a new pool.</summary>
internal sealed class FunctionInvoker(HostContext host, IFunctionRuntime runtime) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, InstancePool> pools = new();
    private int running;

    /// <summary>How many invocations are under way.</summary>
    public int Running => Volatile.Read(ref running);

    public FunctionConfiguration? Find(string name) => host.Store.Read(session => FunctionTables.Find(session, name));

    public async Task<InvocationResult> InvokeAsync(
        FunctionConfiguration function,
        string requestId,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref running);
        try
        {
            return await PoolOf(function).InvokeAsync(requestId, payload, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in pools.Keys)
        {
            if (pools.TryRemove(name, out var pool))
            {
                await pool.DisposeAsync();
            }
        }
    }

    private InstancePool PoolOf(FunctionConfiguration function)
    {
        while (true)
        {
            var pool = pools.GetOrAdd(function.Name, _ => new InstancePool(host, runtime, function));
            if (pool.Function.ModifiedAt == function.ModifiedAt)
            {
                return pool;
            }

            if (pools.TryRemove(KeyValuePair.Create(function.Name, pool)))
            {
                _ = pool.DisposeAsync().AsTask();
            }
        }
    }
}
