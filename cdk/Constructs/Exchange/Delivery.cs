using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using EventBus = Amazon.CDK.AWS.Events.EventBus;

namespace FairShare.Cdk.Constructs.Exchange;

/// <summary>
/// How messages reach the parties: an event bus, and one rule per queue. A partner's own queue or webhook is one more rule.
/// </summary>
public sealed class Delivery : Construct
{
    public Delivery(Construct scope, string id, ProtocolQueue protocolQueue)
        : base(scope, id)
    {
        Bus = new EventBus(this, "Bus");
        Undelivered = new Queue(
            this,
            "Undelivered",
            new QueueProps
            {
                Encryption = QueueEncryption.SQS_MANAGED,
                EnforceSSL = true,
                RetentionPeriod = Duration.Days(14),
            }
        );
        Uploaders = QueueFor("Uploaders", "uploaderMessage");
        Downloaders = QueueFor("Downloaders", "downloaderMessage");
        ArgumentNullException.ThrowIfNull(protocolQueue);
        Route("DeadLetters", "rejectedMessage", "reason", protocolQueue.DeadLetters);
    }

    public EventBus Bus { get; }

    /// <summary>What a rule could not give to its queue in a day of attempts.</summary>
    public Queue Undelivered { get; }

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
        var queue = new Queue(
            this,
            name,
            new QueueProps
            {
                Encryption = QueueEncryption.SQS_MANAGED,
                EnforceSSL = true,
                RetentionPeriod = Duration.Days(14),
                VisibilityTimeout = Duration.Seconds(60),
            }
        );
        Route(name, message, "protocolStep", queue);
        return queue;
    }

    /// <summary>Gives a queue what stands under a member of events, for parties the seed's envelope, and nothing around it.</summary>
    /// <param name="name">The rule's name is To and this.</param>
    /// <param name="member">The member of the event's detail.</param>
    /// <param name="requiredMember">What the member must have.</param>
    /// <param name="queue">The queue.</param>
    public void Route(string name, string member, string requiredMember, IQueue queue) =>
        Route(name, member, new Dictionary<string, object> { [requiredMember] = Match.Exists() }, queue);

    /// <summary>Gives a queue the envelopes of some steps, as far as they are about an exchange.</summary>
    /// <param name="name">The rule's name is To and this.</param>
    /// <param name="member">The member of the event's detail.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="queue">The queue.</param>
    public void RouteSteps(string name, string member, IReadOnlyList<string> steps, IQueue queue) =>
        Route(
            name,
            member,
            new Dictionary<string, object>
            {
                ["protocolStep"] = steps.ToArray(),
                ["message"] = new Dictionary<string, object> { ["exchangeId"] = Match.Exists() },
            },
            queue
        );

    private void Route(string name, string member, Dictionary<string, object> pattern, IQueue queue)
    {
        var rule = new Rule(
            this,
            $"To{name}",
            new RuleProps
            {
                EventBus = Bus,
                EventPattern = new EventPattern
                {
                    Source = ["fairshare.tds"],
                    Detail = new Dictionary<string, object> { [member] = pattern },
                },
            }
        );
        rule.AddTarget(new QueueTarget(queue, RuleTargetInput.FromEventPath($"$.detail.{member}"), Undelivered));
    }
}
