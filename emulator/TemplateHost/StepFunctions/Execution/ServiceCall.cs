using System.Text.Json.Nodes;
using TemplateHost.Gateway.Faults;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Integrations;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>The call of one task attempt, bounded by its deadline.</summary>
internal sealed class ServiceCall(Branch branch, TaskResource resource)
{
    public async Task<JsonNode?> RunAsync(CancellationToken cancellationToken)
    {
        var attempt = branch.Cursor.Task!;
        var host = branch.Run.Host;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CallOrigin.Current = new CallOrigin(branch.Cursor.State, mayCrash: false);
        var call = TaskIntegrations.Call(branch.Run, resource, attempt, bounded.Token);
        if (attempt.TimeoutAt is not { } deadline)
        {
            return await call;
        }

        var timer = host.DelayUntilAsync(deadline, bounded.Token);
        var first = await Task.WhenAny(call, timer);
        cancellationToken.ThrowIfCancellationRequested();
        await bounded.CancelAsync();
        if (first == call)
        {
            return await call;
        }

        // Whatever the abandoned call still ends in, nobody waits for it.
        _ = call.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        throw new StateFailedException(ErrorNames.Timeout, null);
    }
}
