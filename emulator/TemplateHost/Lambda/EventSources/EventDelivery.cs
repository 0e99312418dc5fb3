using TemplateHost.Kernel;
using TemplateHost.Lambda.Runtime;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.EventSources;

/// <summary>Asynchronous invocations: kept until a function has handled them, tried three times, a minute and two minutes apart.</summary>
internal sealed class EventDelivery(HostContext host, FunctionInvoker invoker) : IBackgroundWork, IDisposable
{
    private const int MostAttempts = 3;
    private readonly CancellationTokenSource stopping = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var waiting in host.Store.Read(EventTable.List))
        {
            _ = DeliverInTheEndAsync(waiting);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync() => stopping.CancelAsync();

    public void Dispose() => stopping.Dispose();

    public async Task AddAsync(string function, string id, byte[] payload)
    {
        var queued = new QueuedEvent(id, function, payload, 0, host.Time.GetUtcNow());
        await SaveAsync(queued);
        _ = DeliverInTheEndAsync(queued);
    }

    private async Task DeliverInTheEndAsync(QueuedEvent queued)
    {
        try
        {
            await host.InsistAsync($"The event for {queued.Function}", () => DeliverAsync(queued), stopping.Token);
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            // The event is in the store; the next start delivers it.
        }
    }

    private async Task DeliverAsync(QueuedEvent queued)
    {
        while (!await TryAsync(queued))
        {
            queued = queued with { Attempts = queued.Attempts + 1, Due = host.Time.GetUtcNow().AddMinutes(queued.Attempts + 1) };
            if (queued.Attempts == MostAttempts)
            {
                break;
            }

            await SaveAsync(queued);
        }

        await host.Store.WriteAsync(session => EventTable.Delete(session, queued.Id));
    }

    private async Task<bool> TryAsync(QueuedEvent queued)
    {
        await host.DelayUntilAsync(queued.Due, stopping.Token);
        stopping.Token.ThrowIfCancellationRequested();
        return invoker.Find(queued.Function) is not { } function
            || !(await invoker.InvokeAsync(function, queued.Id, queued.Payload, stopping.Token)).Failed;
    }

    private Task<bool> SaveAsync(QueuedEvent queued) =>
        host.Store.WriteAsync(session =>
        {
            EventTable.Put(session, queued);
            return true;
        });
}
