using FairShare.Local.Sqs;
using FairShare.Local.Sqs.Provisioning;
using FairShare.Local.StepFunctions;
using FairShare.Local.StepFunctions.Provisioning;

namespace FairShare.Local.Hosting;

/// <summary>Composes the services that run, carry and call: Step Functions, SQS, EventBridge, Lambda, API Gateway, Cognito.</summary>
internal static class WorkflowServices
{
    public static void AddTo(HostParts parts, HostContext context)
    {
        var workflows = new StepFunctionsService(context);
        parts.Services.AddRange([workflows, new SqsService(context)]);
        parts.Background.Add(workflows.Engine);
        parts.Provisioners.AddRange(
        [
            new StateMachineProvisioner(context),
            new QueueProvisioner(context),
            new QueuePolicyProvisioner(context),
        ]);
    }
}
