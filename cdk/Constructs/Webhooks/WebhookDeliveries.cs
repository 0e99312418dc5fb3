using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Webhooks;

/// <summary>
/// The queue of deliveries to endpoints: apart from that of events, so that slow endpoints never delay what is noted for others. All
/// parties share it; a message's group is its party, so that SQS gives those of the others first where one has much in flight.
/// </summary>
/// <remarks>
/// A delivery is attempted eleven times in three days; what is received more often than a hundred times fails in the service itself.
/// </remarks>
public sealed class WebhookDeliveries(Construct scope, string id) : HandledQueue(scope, id, FunctionSeconds, deliveries: 100)
{
    /// <summary>How long the function that delivers a message may take, in seconds: an endpoint has ten.</summary>
    public const int FunctionSeconds = 60;

    /// <summary>Hands the queue's messages to a function, that may put them off.</summary>
    public void HandledBy(Function function)
    {
        HandTo(function, "WebhookDeliveries", maxConcurrency: 50);
        Queue.Grant(function, "sqs:ChangeMessageVisibility");
    }
}
