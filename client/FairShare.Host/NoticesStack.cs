using TemplateHost.Hosting;

namespace FairShare.Host;

/// <summary>
/// The mail of notices on this machine: its template beside the service's, on the service's host, whose mailbox takes it.
/// </summary>
public static class NoticesStack
{
    /// <summary>The stack's name, as <c>cdk deploy</c> gives it for the stage <c>dev</c>.</summary>
    public const string StackName = "FairShare-dev-Notices";

    /// <summary>What functions of the service are told where it is deployed.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string> { ["FAIRSHARE_NOTICES"] = "on" };

    private static readonly string[] Parameters = ["ApiUrl", "EventBusName", "EvidenceStreamArn", "WebhookTableName"];

    /// <summary>Deploys it. Its alarm is left out: the host has no CloudWatch.</summary>
    /// <param name="host">The host of the service.</param>
    /// <param name="template">The synthesized template.</param>
    /// <param name="cancellationToken">Stops the deployment.</param>
    /// <returns>The stack's outputs by name.</returns>
    public static Task<IReadOnlyDictionary<string, string>> DeployAsync(
        EmbeddedHost host,
        string template,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.DeployBesideAsync(
            StackName,
            WatchedTemplate.WithoutCloudWatch(template),
            Parameters.ToDictionary(name => name, name => host.Outputs[name]),
            cancellationToken
        );
    }
}
