using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Kernel;

namespace TemplateHost.Hosting;

/// <summary>An AWS account in this process: deploys a CloudFormation template and serves what it declares.</summary>
public sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly HostCore core;
    private readonly HostFronts fronts;
    private readonly HostParts parts;
    private readonly DeployedStack stack;
    private bool disposed;

    private EmbeddedHost(HostCore core, HostFronts fronts, HostParts parts, DeployedStack stack) =>
        (this.core, this.fronts, this.parts, this.stack) = (core, fronts, parts, stack);

    /// <summary>The HTTP API, for example <c>http://127.0.0.1:8080</c>.</summary>
    public string ApiUrl => fronts.Addresses.Api;

    /// <summary>The AWS endpoint, for example <c>http://127.0.0.1:4566</c>.</summary>
    public string AwsUrl => fronts.Addresses.Aws;

    /// <summary>The stack's outputs by name.</summary>
    public IReadOnlyDictionary<string, string> Outputs => stack.Outputs;

    /// <summary>Billable units so far, under the names of the price table.</summary>
    public IReadOnlyDictionary<string, double> MeterTotals => core.Meter.Totals;

    /// <summary>Invocations of functions that are under way; who puts the clock forward meanwhile makes them time out.</summary>
    public int RunningInvocations => parts.RunningInvocations();

    /// <summary>Every operation that is served by its name.</summary>
    internal IEnumerable<(string Service, string Operation)> Operations =>
        parts.Services.SelectMany(service => service.OperationNames.Select(operation => (service.SigningName, operation)));

    /// <summary>The mails that were not sent.</summary>
    public Mailbox Mailbox => core.Mailbox;

    /// <summary>
    /// The account's own credentials, as <c>aws configure</c> takes them: they may do everything, and stand in a file of the data
    /// directory.
    /// </summary>
    public (string AccessKeyId, string SecretAccessKey) RootCredentials => (core.Root.AccessKeyId, core.Root.SecretAccessKey);

    /// <summary>Starts a host on the data directory, deploys the template over what stands there, and serves.</summary>
    /// <remarks>A start that fails leaves no data directory where there was none.</remarks>
    /// <exception cref="DeploymentException">The template cannot be honoured; the message names the resource and the property.</exception>
    /// <exception cref="HostOptionException">A port is bad or taken, or another host holds the data directory.</exception>
    /// <exception cref="IOException">
    /// Another version of the host wrote the data directory; the disk is full, or the database damaged.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The data directory may not be written.</exception>
    public static async Task<EmbeddedHost> StartAsync(
        EmbeddedHostOptions options,
        string templateJson,
        CancellationToken cancellationToken = default
    )
    {
        var core = new HostCore(options);
        var fronts = new HostFronts(core.Gateway, core.Faults, options);
        try
        {
            if (options.Listen)
            {
                await fronts.ListenAsync(options.AwsPort, options.ApiPort, cancellationToken);
            }

            var parts = core.Compose(fronts.Addresses, fronts.CreateHandler);
            var source = new StackSource(templateJson, options.Parameters);
            var stack = await new HostStack(parts.Deployer!).DeployAsync(options.StackName, source, cancellationToken);
            foreach (var work in parts.Background)
            {
                await work.StartAsync(cancellationToken);
            }

            fronts.Open(parts);
            return new EmbeddedHost(core, fronts, parts, stack);
        }
        catch
        {
            await fronts.DisposeAsync();
            core.Withdraw();
            throw;
        }
    }

    /// <summary>Deploys a further stack beside the one that the host was started with, over what stands there of it.</summary>
    /// <param name="name">The stack's name.</param>
    /// <param name="templateJson">Its template.</param>
    /// <param name="parameters">Values for the template's parameters; its own defaults stand for the rest.</param>
    /// <param name="cancellationToken">Stops the deployment.</param>
    /// <returns>The stack's outputs by name.</returns>
    /// <exception cref="DeploymentException">The template cannot be honoured; the message names the resource and the property.</exception>
    public async Task<IReadOnlyDictionary<string, string>> DeployBesideAsync(
        string name,
        string templateJson,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken = default
    )
    {
        var deployed = await new HostStack(parts.Deployer!).DeployAsync(name, new StackSource(templateJson, parameters), cancellationToken);
        parts.TakeUp();
        return deployed.Outputs;
    }

    /// <summary>A handler that reaches this host without sockets, at <see cref="AwsUrl"/> and <see cref="ApiUrl"/>.</summary>
    public HttpMessageHandler CreateHandler() => fronts.CreateHandler();

    /// <summary>
    /// Fresh credentials, good for twelve hours, of a role by its logical id in the template, its name or its ARN; its trust policy is not
    /// asked.
    /// </summary>
    /// <param name="role">The role.</param>
    /// <param name="sessionName">What the session is called.</param>
    public SessionCredentials CredentialsFor(string role, string sessionName = "operator") =>
        core.Sessions.Assume(stack.PhysicalIds.GetValueOrDefault(role, role), sessionName);

    /// <summary>
    /// Ends the instances of functions that have nothing to do, as Lambda may at any time: the next invocation of each starts cold.
    /// </summary>
    public Task EndIdleFunctionsAsync() => parts.EndIdleFunctions();

    /// <summary>Stops serving; everything acknowledged is in the data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await fronts.DisposeAsync();
        foreach (var work in Enumerable.Reverse(parts.Background))
        {
            await work.StopAsync();
        }

        core.Dispose();
    }
}
