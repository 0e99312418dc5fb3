using TemplateHost.Hosting;

namespace FairShare.Host;

/// <summary>
/// A coordinator of standing work on this machine: its template on an <see cref="EmbeddedHost"/> of its own. Its peers may be on the same
/// machine.
/// </summary>
public static class CoordinatorHost
{
    /// <summary>The stack's name, as <c>cdk deploy</c> gives it for the stage <c>dev</c>.</summary>
    public const string StackName = "FairShareCoordinator-dev";

    /// <summary>Starts a coordinator.</summary>
    /// <param name="options">How to run the host; stack, parameters and handlers are the coordinator's.</param>
    /// <param name="owners">Whose orders it carries: key ids, or <c>*</c> for anybody's.</param>
    /// <param name="template">The synthesized template.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="HostOptionException">A port is bad or taken, or another host holds the data directory.</exception>
    public static Task<EmbeddedHost> StartAsync(
        EmbeddedHostOptions options,
        IReadOnlyList<string> owners,
        string template,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        return EmbeddedHost.StartAsync(
            options with
            {
                StackName = StackName,
                FunctionFactory = HandlerFactory.Start,
                Parameters = new Dictionary<string, string> { ["Owners"] = string.Join(',', owners) },
            },
            LoopbackCalls.AllowIn(template),
            cancellationToken
        );
    }
}
