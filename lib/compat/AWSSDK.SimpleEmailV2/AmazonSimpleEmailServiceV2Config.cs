using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using FairShare.Compat;

namespace Amazon.SimpleEmailV2;

/// <summary>Configuration of the client. Follows the API page of <c>Amazon.SimpleEmailV2.AmazonSimpleEmailServiceV2Config</c>.</summary>
public class AmazonSimpleEmailServiceV2Config : ClientConfig
{
    /// <summary>The SDK's standard defaults.</summary>
    public AmazonSimpleEmailServiceV2Config()
        : base(new StandardDefaults()) => AuthenticationServiceName = "ses";

    /// <inheritdoc/>
    public override string ServiceVersion => "2019-09-27";

    /// <inheritdoc/>
    public override string UserAgent => "FairShare.SimpleEmailV2";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "email";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(ServiceURL ?? $"https://email.{RegionEndpoint.SystemName}.{RegionEndpoint.PartitionDnsSuffix}");
}
