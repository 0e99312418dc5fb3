using TemplateHost.Kernel;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>Forgets executions ninety days after their end, as AWS does; their names may be used again.</summary>
internal sealed class ExecutionSweeper(HostContext context) : Sweeper(context, "states histories", TimeSpan.FromHours(1))
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    protected override Task SweepAsync()
    {
        var before = Host.Time.GetUtcNow() - Retention;
        return InBatchesAsync(session => ExecutionTable.DeleteEnded(session, before, LargestBatch));
    }
}
