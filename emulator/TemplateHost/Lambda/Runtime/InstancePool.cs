using System.Collections.Concurrent;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.Runtime;

/// <summary>
/// The instances of one function: kept warm, one invocation each at a time, at most so many, renewed before their credentials expire.
/// </summary>
internal sealed class InstancePool(HostContext host, IFunctionRuntime runtime, FunctionConfiguration function) : IAsyncDisposable
{
    // This machine is not a region: more instances than this would only wait for its cores.
    private const int MostInstances = 8;
    private readonly ConcurrentStack<PooledInstance> idle = new();
    private readonly SemaphoreSlim slots = new(Math.Clamp(function.ReservedConcurrency ?? MostInstances, 1, MostInstances));
    private volatile bool disposed;

    public FunctionConfiguration Function => function;

    public async Task<InvocationResult> InvokeAsync(string requestId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await TakeSlotAsync(cancellationToken);
        try
        {
            var instance = await TakeAsync(cancellationToken);
            var result = await WithinTimeoutAsync(instance, requestId, payload, cancellationToken);
            await ReturnAsync(instance);
            return result;
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Ends the instances that have nothing to do: the next invocation starts a new one.</summary>
    public async ValueTask EndIdleAsync()
    {
        while (idle.TryPop(out var instance))
        {
            await instance.Instance.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        disposed = true;
        return EndIdleAsync();
    }

    private async Task TakeSlotAsync(CancellationToken cancellationToken)
    {
        if (function.ReservedConcurrency is null)
        {
            await slots.WaitAsync(cancellationToken);
        }
        else if (function.ReservedConcurrency == 0 || !await slots.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            throw new AwsException("TooManyRequestsException", "Rate Exceeded.", 429)
            {
                Members = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>
                {
                    ["Reason"] = "ReservedFunctionConcurrentInvocationLimitExceeded",
                },
            };
        }
    }

    private async Task<PooledInstance> TakeAsync(CancellationToken cancellationToken)
    {
        while (idle.TryPop(out var warm))
        {
            if (warm.Instance.IsAlive && warm.RenewAt > host.Time.GetUtcNow())
            {
                return warm;
            }

            await warm.Instance.DisposeAsync();
        }

        var session = host.Roles.Assume(function.RoleArn, function.Name);
        var environment = FunctionEnvironment.Of(host, function, session);
        return new PooledInstance(await runtime.StartAsync(function, environment, cancellationToken), session.Expiration.AddHours(-1));
    }

    private async Task<InvocationResult> WithinTimeoutAsync(
        PooledInstance pooled,
        string requestId,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken
    )
    {
        var started = host.Time.GetTimestamp();
        var limit = TimeSpan.FromSeconds(function.Timeout);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var invocation = new Invocation(requestId, function.Arn, payload, host.Time.GetUtcNow() + limit);
        var work = pooled.Instance.InvokeAsync(invocation, timer.Token);
        var first = await Task.WhenAny(work, Task.Delay(limit, host.Time, timer.Token));
        await timer.CancelAsync();
        Count(host.Time.GetElapsedTime(started));
        if (first == work)
        {
            return await work;
        }

        await pooled.Instance.DisposeAsync();
        _ = work.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        cancellationToken.ThrowIfCancellationRequested();
        return InvocationResult.Error(
            "Sandbox.Timedout",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"RequestId: {requestId} Error: Task timed out after {function.Timeout:F2} seconds"
            )
        );
    }

    private async Task ReturnAsync(PooledInstance instance)
    {
        if (instance.Instance.IsAlive && !disposed)
        {
            idle.Push(instance);
        }
        else
        {
            await instance.Instance.DisposeAsync();
        }
    }

    private void Count(TimeSpan duration)
    {
        host.Meter.Add("lambda.request");
        var architecture = function.Architectures.Contains("arm64") ? "arm" : "x86";
        host.Meter.Add(
            $"lambda.gbSecond.{architecture}",
            Math.Max(1, Math.Ceiling(duration.TotalMilliseconds)) / 1000 * function.MemorySize / 1024
        );
    }

    private sealed record PooledInstance(IFunctionInstance Instance, DateTimeOffset RenewAt);
}
