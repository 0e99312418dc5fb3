namespace TemplateHost.StepFunctions.Model;

/// <summary>A state machine as it is kept.</summary>
/// <param name="Revision">Grows with each change of the definition or the role; running executions keep theirs.</param>
internal sealed record StateMachineRecord(
    string Arn,
    string Name,
    int Revision,
    string Definition,
    string RoleArn,
    DateTimeOffset CreatedAt
)
{
    /// <summary>The logging configuration, as JSON; shown again, while what would be logged is read in the history alone.</summary>
    public string? Logging { get; init; }
}

/// <summary>An execution as it is kept.</summary>
internal sealed record ExecutionRecord(string Arn, string MachineArn, int Revision, string Name, string Input, DateTimeOffset StartedAt)
{
    public ExecutionStatus Status { get; init; } = ExecutionStatus.Running;

    public DateTimeOffset? StoppedAt { get; init; }

    public string? Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }
}

internal enum ExecutionStatus
{
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

internal static class ExecutionStatuses
{
    /// <summary>The status as the API writes it.</summary>
    public static string Text(this ExecutionStatus status) =>
        status == ExecutionStatus.TimedOut ? "TIMED_OUT" : status.ToString().ToUpperInvariant();
}
