using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.StepFunctions.Internal;

/// <summary>Sends requests to the configured endpoint.</summary>
internal sealed class StepFunctionsEndpointResolver : BaseEndpointResolver
{
    public override Endpoint GetEndpoint(IExecutionContext executionContext) =>
        executionContext.RequestContext.ClientConfig.DetermineServiceOperationEndpoint(
            new ServiceOperationEndpointParameters(executionContext.RequestContext.OriginalRequest));
}

/// <summary>Signs requests with Signature Version 4.</summary>
internal sealed class StepFunctionsAuthResolver : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}
