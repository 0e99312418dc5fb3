namespace FairShare.Local.Hosting;

/// <summary>Composes the services that run, carry and call: Step Functions, SQS, EventBridge, Lambda, API Gateway, Cognito.</summary>
internal static class WorkflowServices
{
    public static void AddTo(HostParts parts, HostContext context)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(context);
    }
}
