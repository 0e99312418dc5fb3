using Amazon.Runtime;
using TemplateHost.Hosting;
using TemplateHost.Kernel;

namespace FairShare.Testing;

/// <summary>What clients of the AWS SDK need to reach a host without sockets.</summary>
public static class HostClients
{
    /// <summary>The rights of the account's owner.</summary>
    public static BasicAWSCredentials Owner(this EmbeddedHost host) =>
        new(host.RootCredentials.AccessKeyId, host.RootCredentials.SecretAccessKey);

    /// <summary>The same.</summary>
    public static BasicAWSCredentials Owner(this TestHost host) => host.Embedded.Owner();

    /// <summary>The rights of a role's session.</summary>
    public static SessionAWSCredentials AsSession(this SessionCredentials credentials) =>
        new(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken);

    /// <summary>Leads a client to a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="config">The client's configuration, which is changed.</param>
    /// <returns>The same.</returns>
    public static T Configure<T>(this EmbeddedHost host, T config)
        where T : ClientConfig
    {
        config.ServiceURL = host.AwsUrl;
        config.AuthenticationRegion = "us-east-1";
        config.HttpClientFactory = new HostHttpClientFactory(host);
        return config;
    }

    /// <summary>The same.</summary>
    public static T Configure<T>(this TestHost host, T config)
        where T : ClientConfig => host.Embedded.Configure(config);
}
