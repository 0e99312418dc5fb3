using Amazon.Runtime;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests;

/// <summary>Points the AWS SDK straight at the host.</summary>
internal sealed class HostHttpClientFactory(TestHost host) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(host.Embedded.CreateHandler());
}
