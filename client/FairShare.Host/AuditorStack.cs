using TemplateHost.Hosting;

namespace FairShare.Host;

/// <summary>The scheduled auditor on this machine: its template beside the service's, on the service's host.</summary>
public static class AuditorStack
{
    /// <summary>The stack's name, as <c>cdk deploy</c> gives it for the stage <c>dev</c>.</summary>
    public const string StackName = "FairShare-dev-Operations";

    /// <summary>The parameters that are outputs of the service's stack.</summary>
    public static IReadOnlyList<string> FromService { get; } =
    [
        "EvidenceTableName",
        "LogBucketName",
        "ApiUrl",
        "ApiId",
        "ExchangeStateMachineArn",
        "LogSequencerName",
        "SubmitReceiptName",
        "ProtocolDeadLetterQueueUrl",
        "EndingsDeadLetterQueueUrl",
        "UndeliveredQueueUrl",
        "WebhookEventsDeadLetterQueueUrl",
        "WebhookDeliveriesDeadLetterQueueUrl",
    ];

    /// <summary>
    /// Deploys the auditor of the service that a host runs. Its alarms and its dashboard are left out: the host has no CloudWatch.
    /// </summary>
    /// <param name="host">The host of the service.</param>
    /// <param name="template">The synthesized template.</param>
    /// <param name="storeKeys">Thumbprints of the store's keys that the auditor believes.</param>
    /// <param name="logKey">The log's verifier key that it believes.</param>
    /// <param name="cancellationToken">Stops the deployment.</param>
    /// <returns>The stack's outputs by name.</returns>
    public static Task<IReadOnlyDictionary<string, string>> DeployAsync(
        EmbeddedHost host,
        string template,
        IEnumerable<string> storeKeys,
        string logKey,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.DeployBesideAsync(
            StackName,
            WatchedTemplate.WithoutCloudWatch(template),
            new Dictionary<string, string>(FromService.ToDictionary(name => name, name => host.Outputs[name]))
            {
                ["StoreKeys"] = string.Join(',', storeKeys),
                ["LogKey"] = logKey,
            },
            cancellationToken
        );
    }
}
