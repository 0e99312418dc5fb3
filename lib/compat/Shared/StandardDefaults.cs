using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace FairShare.Compat;

/// <summary>The SDK's "standard" defaults. Its generated services carry a table of modes; one mode is enough here.</summary>
internal sealed class StandardDefaults : IDefaultConfigurationProvider, IDefaultConfiguration
{
    public DefaultConfigurationMode Name => DefaultConfigurationMode.Standard;

    public RequestRetryMode RetryMode => RequestRetryMode.Standard;

    public S3UsEast1RegionalEndpointValue S3UsEast1RegionalEndpoint => S3UsEast1RegionalEndpointValue.Regional;

    public TimeSpan? ConnectTimeout => TimeSpan.FromMilliseconds(3100);

    public TimeSpan? TlsNegotiationTimeout => TimeSpan.FromMilliseconds(3100);

    public TimeSpan? TimeToFirstByteTimeout => null;

    public TimeSpan? HttpRequestTimeout => null;

    public IDefaultConfiguration GetDefaultConfiguration(
        RegionEndpoint clientRegion,
        DefaultConfigurationMode? requestedConfigurationMode = null
    ) => this;
}
