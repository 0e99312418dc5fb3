using FairShare.Local.StepFunctions;
using FairShare.Local.StepFunctions.Provisioning;

namespace FairShare.Local.Hosting;

/// <summary>Composes the services that run, carry and call: Step Functions, SQS, EventBridge, Lambda, API Gateway, Cognito.</summary>
internal static class WorkflowServices
{
    public static void AddTo(HostParts parts, HostContext context)
    {
        var workflows = new StepFunctionsService(context);
        parts.Services.Add(workflows);
        parts.Background.Add(workflows.Engine);
        parts.Provisioners.Add(new StateMachineProvisioner(context));
    }
}
