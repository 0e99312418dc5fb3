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

    public Task<InvocationResult> InvokeAsync(
        FunctionConfiguration function,
        string requestId,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken
    ) => InvokeAsync(new InvocationTarget(function, null), requestId, payload, cancellationToken);

    /// <summary>Invokes the version of a function that an alias or a number named.</summary>
    public async Task<InvocationResult> InvokeAsync(
        InvocationTarget target,
        string requestId,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken
    )
    {
        var metrics = new FunctionMetrics(host, target);
        Interlocked.Increment(ref running);
        try
        {
            var result = await PoolOf(target.Function).InvokeAsync(requestId, payload, cancellationToken);
            metrics.Ended(result.Failed);
            return result;
        }
        catch (AwsException refused) when (refused.Status == 429)
        {
            metrics.Throttled();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    /// <summary>Ends every instance that has nothing to do.</summary>
    public async Task EndIdleAsync()
    {
        foreach (var pool in pools.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value))
        {
            await pool.EndIdleAsync();
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
            var name = $"{function.Name}:{function.Version}";
            var pool = pools.GetOrAdd(name, _ => new InstancePool(host, runtime, function));
            if (pool.Function.ModifiedAt == function.ModifiedAt && pool.Function.ReservedConcurrency == function.ReservedConcurrency)
            {
                return pool;
            }

            if (pools.TryRemove(KeyValuePair.Create(name, pool)))
            {
                _ = pool.DisposeAsync().AsTask();
            }
        }
    }
}
