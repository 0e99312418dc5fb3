using FairShare.Local.ApiGateway;
using FairShare.Local.ApiGateway.Provisioning;
using FairShare.Local.Cognito;
using FairShare.Local.Cognito.Provisioning;
using FairShare.Local.Cognito.Tokens;
using FairShare.Local.EventBridge;
using FairShare.Local.EventBridge.Provisioning;
using FairShare.Local.Lambda;
using FairShare.Local.Lambda.Provisioning;
using FairShare.Local.Lambda.Runtime;
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
        var functions = new LambdaService(context, FunctionRuntimes.For(context));
        var identities = new CognitoService(context);
        var events = new EventBridgeService(context);
        parts.Services.AddRange([workflows, functions, identities, events, new SqsService(context), new ApiGatewayService(context)]);
        parts.Background.AddRange([workflows.Engine, events.Worker, functions.Events, functions.Mappings]);
        parts.Api = new HttpApi(context, new TokenVerifier(context, identities.Signer));
        parts.Provisioners.AddRange(
        [
            new StateMachineProvisioner(context),
            new QueueProvisioner(context),
            new QueuePolicyProvisioner(context),
            new EventBusProvisioner(context),
            new RuleProvisioner(context),
            new FunctionProvisioner(context),
            new PermissionProvisioner(context),
            new EventSourceMappingProvisioner(context),
            new UserPoolProvisioner(context),
            new UserPoolClientProvisioner(context),
            new UserPoolGroupProvisioner(context),
            new ApiProvisioner(context),
            new IntegrationProvisioner(context),
            new AuthorizerProvisioner(context),
            new RouteProvisioner(context),
            new StageProvisioner(context),
        ]);
    }
}
