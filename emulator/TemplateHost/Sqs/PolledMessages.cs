using TemplateHost.Kernel;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs;

/// <summary>Lets go, at the start, of what the host had received for functions when it was stopped or killed.</summary>
internal sealed class PolledMessages(HostContext host) : IBackgroundWork
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session =>
        {
            PolledTable.Release(session, host.Time.GetUtcNow());
            return true;
        });

    public Task StopAsync() => Task.CompletedTask;
}
