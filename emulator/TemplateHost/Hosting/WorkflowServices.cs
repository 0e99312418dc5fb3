using TemplateHost.ApiGateway;
using TemplateHost.ApiGateway.Provisioning;
using TemplateHost.Cognito;
using TemplateHost.Cognito.Provisioning;
using TemplateHost.Cognito.Tokens;
using TemplateHost.EventBridge;
using TemplateHost.EventBridge.Provisioning;
using TemplateHost.Kernel;
using TemplateHost.Lambda;
using TemplateHost.Lambda.Provisioning;
using TemplateHost.Lambda.Runtime;
using TemplateHost.Ses;
using TemplateHost.Sqs;
using TemplateHost.Sqs.Provisioning;
using TemplateHost.StepFunctions;
using TemplateHost.StepFunctions.Provisioning;

namespace TemplateHost.Hosting;

/// <summary>Composes the services that run, carry and call: Step Functions, SQS, EventBridge, Lambda, API Gateway, Cognito,
/// SES.</summary>
internal static class WorkflowServices
{
    public static void AddTo(HostParts parts, HostContext context)
    {
        var workflows = new StepFunctionsService(context);
        var functions = new LambdaService(context, FunctionRuntimes.For(context));
        var identities = new CognitoService(context);
        var events = new EventBridgeService(context);
        parts.Services.AddRange([
            workflows,
            functions,
            identities,
            events,
            new SqsService(context),
            new ApiGatewayService(context),
            new SesService(context),
        ]);
        parts.Background.AddRange([
            workflows.Engine,
            workflows.Sweeper,
            events.Worker,
            events.Schedules,
            functions.Events,
            new PolledMessages(context),
            functions.Mappings,
            new QueueMeasuring(context),
        ]);
        parts.TakeUp = functions.Mappings.TakeUp;
        parts.RunningInvocations = () => functions.Invoker.Running;
        parts.EndIdleFunctions = functions.Invoker.EndIdleAsync;
        parts.Api = new HttpApi(context, new TokenVerifier(context, identities.Signer));
        parts.Provisioners.AddRange([
            new StateMachineProvisioner(context),
            new StateMachineVersionProvisioner(context),
            new StateMachineAliasProvisioner(context),
            new QueueProvisioner(context),
            new QueuePolicyProvisioner(context),
            new EventBusProvisioner(context),
            new RuleProvisioner(context),
            new FunctionProvisioner(context),
            new VersionProvisioner(context),
            new FunctionAliasProvisioner(context),
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
