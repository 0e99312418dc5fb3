using Amazon;
using Amazon.Runtime;
using TemplateHost.Hosting;
using TemplateHost.Kernel;

namespace TemplateHost.Testing;

/// <summary>A host of one test, reached over real sockets by real SDK clients.</summary>
public sealed class SdkHost : IAsyncDisposable
{
    public const string EmptyTemplate = """{ "Resources": {} }""";

    private readonly EmbeddedHost host;

    private SdkHost(EmbeddedHost host) => this.host = host;

    public EmbeddedHost Host => host;

    /// <summary>Faults of the host that no caller heard of; one that is left when the host is disposed fails the test.</summary>
    public IList<(string Where, Exception What)> Faults { get; private init; } = [];

    public static async Task<SdkHost> StartAsync(string template = EmptyTemplate, EmbeddedHostOptions? options = null)
    {
        var faults = new List<(string, Exception)>();
        var started = await EmbeddedHost.StartAsync(
            (options ?? new EmbeddedHostOptions()) with
            {
                Fault = (where, what) => faults.Add((where, what)),
            },
            template
        );
        return new SdkHost(started) { Faults = faults };
    }

    /// <summary>Points a client at the host, as root or in a role.</summary>
    public TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = host.AwsUrl;
        config.AuthenticationRegion = RegionEndpoint.USEast1.SystemName;
        config.MaxErrorRetry = 0;
        return config;
    }

    public AWSCredentials Root => new BasicAWSCredentials(host.RootCredentials.AccessKeyId, host.RootCredentials.SecretAccessKey);

    /// <summary>Signs as root.</summary>
    public RequestSigner Signer =>
        new(host.RootCredentials.AccessKeyId, host.RootCredentials.SecretAccessKey, sessionToken: null, TimeProvider.System);

    public static AWSCredentials Of(SessionCredentials session) =>
        new SessionAWSCredentials(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        if (Faults.Count > 0)
        {
            throw new InvalidOperationException($"The host met a fault that no caller heard of, at {Faults[0].Where}.", Faults[0].What);
        }
    }
}
