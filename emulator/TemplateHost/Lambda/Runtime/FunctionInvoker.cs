using System.Collections.Concurrent;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Runtime;

/// <summary>Invokes functions by name, over a pool of instances for each; a function that was changed gets a new pool.</summary>
internal sealed class FunctionInvoker(HostContext host, IFunctionRuntime runtime) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, InstancePool> pools = new();

    public FunctionConfiguration? Find(string name) => host.Store.Read(session => FunctionTables.Find(session, name));

    public Task<InvocationResult> InvokeAsync(
        FunctionConfiguration function,
        string requestId,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken
    ) => PoolOf(function).InvokeAsync(requestId, payload, cancellationToken);

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
