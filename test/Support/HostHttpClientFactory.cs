using Amazon.Runtime;
using TemplateHost.Hosting;

namespace FairShare.Testing;

/// <summary>Points the AWS SDK straight at the host.</summary>
public sealed class HostHttpClientFactory(EmbeddedHost host) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(host.CreateHandler());
}
