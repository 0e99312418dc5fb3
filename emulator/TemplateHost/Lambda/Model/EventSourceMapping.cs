namespace TemplateHost.Lambda.Model;

/// <summary>A queue or a stream whose messages or records a function handles. Written as JSON.</summary>
/// <param name="Id">The mapping's UUID.</param>
/// <param name="BatchSize">The most messages or records that one invocation gets.</param>
/// <param name="ReportsItemFailures">Whether the function's answer names what it could not handle.</param>
/// <param name="Stream">How a stream is read; null for a queue.</param>
internal sealed record EventSourceMapping(
    string Id,
    string FunctionName,
    string EventSourceArn,
    int BatchSize,
    bool Enabled,
    bool ReportsItemFailures,
    StreamSettings? Stream
)
{
    public string QueueName => EventSourceArn[(EventSourceArn.LastIndexOf(':') + 1)..];
}

/// <summary>How a stream is read.</summary>
/// <param name="FromHorizon">Whether the mapping starts with the oldest record there is, or with what comes after it was made.</param>
/// <param name="MaximumRetryAttempts">How often a failed batch is tried again; null means until its records expire.</param>
/// <param name="MaximumRecordAge">Older records are given up; null means never.</param>
/// <param name="Bisects">Whether a failed batch is split in two, so that a bad record is found and the others go on.</param>
/// <param name="FailureQueueArn">Where it is told which records were given up; null means nowhere.</param>
/// <param name="Patterns">The function gets the records that any of them matches; null means all.</param>
internal sealed record StreamSettings(
    bool FromHorizon,
    int? MaximumRetryAttempts,
    TimeSpan? MaximumRecordAge,
    bool Bisects,
    string? FailureQueueArn,
    IReadOnlyList<string>? Patterns = null
)
{
    /// <summary>How long a batch that is not full waits for more records.</summary>
    public TimeSpan BatchingWindow { get; init; }
}
