using Microsoft.AspNetCore.Connections;
using TemplateHost.Gateway.Signing;

namespace TemplateHost.Gateway;

/// <summary>A request's body whose sender must go on sending: one that stops for longer than the limit loses the connection.</summary>
/// <param name="inner">The body.</param>
/// <param name="limit">The longest pause, on the system's clock, as it is the network's.</param>
/// <param name="abort">Breaks the connection.</param>
internal sealed class IdleLimit(Stream inner, TimeSpan limit, Action abort) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(buffer, cancellationToken);
        if (reading.IsCompleted)
        {
            return await reading;
        }

        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(limit);
        try
        {
            return await reading.AsTask().WaitAsync(idle.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            abort();
            throw new ConnectionAbortedException("The client stopped sending its body.");
        }
    }
}
