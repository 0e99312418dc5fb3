namespace FairShare.Local.Lambda.Model;

/// <summary>A queue whose messages a function handles. Written as JSON.</summary>
/// <param name="Id">The mapping's UUID.</param>
/// <param name="BatchSize">The most messages that one invocation gets, 1 to 10.</param>
/// <param name="ReportsItemFailures">Whether the function's answer names the messages that it could not handle.</param>
internal sealed record EventSourceMapping(
    string Id, string FunctionName, string EventSourceArn, int BatchSize, bool Enabled, bool ReportsItemFailures)
{
    public string QueueName => EventSourceArn[(EventSourceArn.LastIndexOf(':') + 1)..];
}
