using TemplateHost.Storage;

namespace TemplateHost.Kernel;

/// <summary>Takes away, once an interval, what a service keeps no longer.</summary>
/// <param name="context">The host.</param>
/// <param name="what">What a fault is reported as.</param>
/// <param name="interval">How long between two sweeps, on the host's clock.</param>
internal abstract class Sweeper(HostContext context, string what, TimeSpan interval) : IBackgroundWork
{
    /// <summary>How much one write takes away, so that others come between.</summary>
    protected const int LargestBatch = 200;

    private ITimer? timer;
    private Task sweep = Task.CompletedTask;

    protected HostContext Host => context;

    public virtual Task StartAsync(CancellationToken cancellationToken)
    {
        timer = context.Time.CreateTimer(_ => sweep = SweepSafelyAsync(), null, interval, interval);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        if (timer is not null)
        {
            await timer.DisposeAsync();
        }

        await sweep;
    }

    /// <summary>Runs a write again and again, until it takes away less than it may.</summary>
    /// <param name="write">Takes away at most <see cref="LargestBatch"/>, and says how many it did.</param>
    protected async Task InBatchesAsync(Func<StoreSession, int> write)
    {
        while (await context.Store.WriteAsync(write) == LargestBatch) { }
    }

    /// <summary>Takes away what is due now.</summary>
    protected abstract Task SweepAsync();

    private async Task SweepSafelyAsync()
    {
        try
        {
            await SweepAsync();
        }
        catch (ObjectDisposedException)
        {
            // The host stopped under the last sweep.
        }
#pragma warning disable CA1031 // The next sweep tries again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.Fault(what, exception);
        }
    }
}
