using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Exchange;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Webhooks;

/// <summary>The queue of what happened to parties: it has what their own queues have of the steps 7, 8 and a.</summary>
public sealed class WebhookEvents : HandledQueue
{
    /// <summary>How long the function that handles a message may take, in seconds.</summary>
    public const int FunctionSeconds = 60;

    private static readonly string[] Steps = ["7", "8", "a"];

    public WebhookEvents(Construct scope, string id, Delivery delivery)
        : base(scope, id, FunctionSeconds, deliveries: 20)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        delivery.RouteSteps("WebhooksOfUploaders", "uploaderMessage", Steps, Queue);
        delivery.RouteSteps("WebhooksOfDownloaders", "downloaderMessage", Steps, Queue);
    }

    /// <summary>Hands the queue's messages to a function.</summary>
    public void HandledBy(Function function) => HandTo(function, "WebhookEvents", maxConcurrency: 20);
}
