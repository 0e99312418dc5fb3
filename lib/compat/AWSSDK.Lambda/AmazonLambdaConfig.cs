using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using FairShare.Compat;

namespace Amazon.Lambda;

/// <summary>Configuration of the client. Follows the API page of <c>Amazon.Lambda.AmazonLambdaConfig</c>.</summary>
public class AmazonLambdaConfig : ClientConfig
{
    /// <summary>The SDK's standard defaults.</summary>
    public AmazonLambdaConfig()
        : base(new StandardDefaults()) => AuthenticationServiceName = "lambda";

    /// <inheritdoc/>
    public override string ServiceVersion => "2015-03-31";

    /// <inheritdoc/>
    public override string UserAgent => "FairShare.Lambda";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "lambda";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(ServiceURL ?? $"https://lambda.{RegionEndpoint.SystemName}.{RegionEndpoint.PartitionDnsSuffix}");
}
