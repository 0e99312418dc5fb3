using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using EventBus = Amazon.CDK.AWS.Events.EventBus;

namespace FairShare.Cdk.Constructs;

/// <summary>How messages reach the parties: an event bus, and one rule a queue. A partner's own queue or webhook is one more rule.</summary>
public sealed class Delivery : Construct
{
    public Delivery(Construct scope, string id, ProtocolQueue protocolQueue)
        : base(scope, id)
    {
        Bus = new EventBus(this, "Bus");
        Uploaders = QueueFor("Uploaders", "uploaderMessage");
        Downloaders = QueueFor("Downloaders", "downloaderMessage");
        ArgumentNullException.ThrowIfNull(protocolQueue);
        Route("DeadLetters", "rejectedMessage", "reason", protocolQueue.DeadLetters);
    }

    public EventBus Bus { get; }

    public Queue Uploaders { get; }

    public Queue Downloaders { get; }

    /// <summary>Lets a function send messages to the parties.</summary>
    public void GrantSend(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_EVENT_BUS", Bus.EventBusName);
        GrantSendTo(function);
    }

    /// <summary>Lets a role that is not a function's send messages to the parties.</summary>
    public void GrantSendTo(IGrantable grantee) => Bus.GrantPutEventsTo(grantee);

    private Queue QueueFor(string name, string message)
    {
        var queue = new Queue(this, name, new QueueProps
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
            VisibilityTimeout = Duration.Seconds(60),
        });
        Route(name, message, "protocolStep", queue);
        return queue;
    }

    // The queue gets what stands under the member, for parties the seed's envelope, and nothing around it.
    private void Route(string name, string member, string requiredMember, IQueue queue)
    {
        var rule = new Rule(this, $"To{name}", new RuleProps
        {
            EventBus = Bus,
            EventPattern = new EventPattern
            {
                Source = ["fairshare.tds"],
                Detail = new Dictionary<string, object>
                {
                    [member] = new Dictionary<string, object> { [requiredMember] = Match.Exists() },
                },
            },
        });
        rule.AddTarget(new SqsQueue(queue, new SqsQueueProps { Message = RuleTargetInput.FromEventPath($"$.detail.{member}") }));
    }
}
