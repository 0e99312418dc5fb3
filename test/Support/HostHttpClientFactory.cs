using Amazon.Runtime;

namespace FairShare.Testing;

/// <summary>Points the AWS SDK straight at the host.</summary>
public sealed class HostHttpClientFactory(TestHost host) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(host.Embedded.CreateHandler());
}
