using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Runtime;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.EventSources;

/// <summary>Polls the queues and streams of the event source mappings, each in a loop of its own.</summary>
internal sealed class SourceMappings(HostContext host, FunctionInvoker invoker) : IBackgroundWork, IDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly HashSet<string> polled = [];
    private readonly List<Task> loops = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TakeUp();
        return Task.CompletedTask;
    }

    /// <summary>Begins to poll for the mappings that were made since: those of a stack that was deployed beside the first.</summary>
    public void TakeUp()
    {
        lock (gate)
        {
            loops.AddRange(
                host.Store.Read(MappingTable.List)
                    .Where(mapping => mapping.Enabled && polled.Add(mapping.Id))
                    .Select(mapping => Task.Run(() => PollAsync(mapping), CancellationToken.None))
            );
        }
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(loops);
    }

    public void Dispose() => stopping.Dispose();

    private async Task PollAsync(EventSourceMapping mapping)
    {
        IEventSource source = mapping.Stream is null ? new QueueBatch(host, invoker, mapping) : new StreamBatch(host, invoker, mapping);
        var prepared = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!prepared)
                {
                    await source.PrepareAsync(stopping.Token);
                    prepared = true;
                }

                await source.HandleNextAsync(stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A poller that stopped for one fault would silently stop handling messages.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                host.Fault($"The event source mapping {mapping.EventSourceArn} -> {mapping.FunctionName} could not poll.", fault);
                await Task.Delay(AfterFault, host.Time, stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }
}
