using TemplateHost.Hosting;

namespace FairShare.Host;

/// <summary>The service on this machine: its template on a <see cref="EmbeddedHost"/>, with the handlers of this build.</summary>
public static class ServiceHost
{
    /// <summary>The stack's name, as <c>cdk deploy</c> gives it for the stage <c>dev</c>.</summary>
    public const string StackName = "FairShare-dev";

    /// <summary>Starts the service.</summary>
    /// <param name="options">How to run the host; stack and handlers are the service's.</param>
    /// <param name="template">The synthesized template.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="HostOptionException">A port is bad or taken, or another host holds the data directory.</exception>
    public static Task<EmbeddedHost> StartAsync(EmbeddedHostOptions options, string template, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return EmbeddedHost.StartAsync(
            options with
            {
                StackName = StackName,
                FunctionFactory = HandlerFactory.Start,
            },
            template,
            cancellationToken
        );
    }
}
