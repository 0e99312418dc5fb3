using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using FairShare.Compat;

namespace Amazon.EventBridge;

/// <summary>Configuration of the client. Follows the API page of <c>Amazon.EventBridge.AmazonEventBridgeConfig</c>.</summary>
public class AmazonEventBridgeConfig : ClientConfig
{
    /// <summary>The SDK's standard defaults.</summary>
    public AmazonEventBridgeConfig()
        : base(new StandardDefaults()) => AuthenticationServiceName = "events";

    /// <inheritdoc/>
    public override string ServiceVersion => "2015-10-07";

    /// <inheritdoc/>
    public override string UserAgent => "FairShare.EventBridge";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "events";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(ServiceURL ?? $"https://events.{RegionEndpoint.SystemName}.{RegionEndpoint.PartitionDnsSuffix}");
}
