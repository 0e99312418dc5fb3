using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace FairShare.Compat;

/// <summary>Sends requests to the configured endpoint.</summary>
internal sealed class ConfiguredEndpointResolver : BaseEndpointResolver
{
    public override void ProcessRequestHandlers(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        var endpoint = context.ClientConfig.DetermineServiceOperationEndpoint(
            new ServiceOperationEndpointParameters(context.OriginalRequest)
        );
        context.Request.Endpoint = new Uri(endpoint.URL);
    }
}

/// <summary>Signs requests with Signature Version 4.</summary>
internal sealed class SignatureVersion4Resolver : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}

/// <summary>What a client of this kind adds to the SDK's pipeline.</summary>
internal static class Pipeline
{
    public static void Complete(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerAfter<Marshaller>(new ConfiguredEndpointResolver());
        pipeline.AddHandlerAfter<ConfiguredEndpointResolver>(new SignatureVersion4Resolver());
    }
}
