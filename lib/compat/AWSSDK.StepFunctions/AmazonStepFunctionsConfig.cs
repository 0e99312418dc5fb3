using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using FairShare.Compat;

namespace Amazon.StepFunctions;

/// <summary>Configuration of the client. Follows the API page of <c>Amazon.StepFunctions.AmazonStepFunctionsConfig</c>.</summary>
public class AmazonStepFunctionsConfig : ClientConfig
{
    /// <summary>The SDK's standard defaults.</summary>
    public AmazonStepFunctionsConfig()
        : base(new StandardDefaults()) => AuthenticationServiceName = "states";

    /// <inheritdoc/>
    public override string ServiceVersion => "2016-11-23";

    /// <inheritdoc/>
    public override string UserAgent => "FairShare.StepFunctions";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "states";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(ServiceURL ?? $"https://states.{RegionEndpoint.SystemName}.{RegionEndpoint.PartitionDnsSuffix}");
}
