using TemplateHost.Kernel;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>Forgets executions ninety days after their end, as AWS does; their names may be used again.</summary>
internal sealed class ExecutionSweeper(HostContext context) : Sweeper(context, "states histories", TimeSpan.FromHours(1))
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    private const int LargestBatch = 200;

    private readonly HostContext context = context;

    protected override async Task SweepAsync()
    {
        var before = context.Time.GetUtcNow() - Retention;
        while (await context.Store.WriteAsync(session => ExecutionTable.DeleteEnded(session, before, LargestBatch)) == LargestBatch) { }
    }
}
