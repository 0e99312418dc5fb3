using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Notices;

/// <summary>The queue of what may be mailed: codes, endings as uploaders' own queue has them, and documents that wait.</summary>
public sealed class NoticeQueue : HandledQueue
{
    /// <summary>How long the function that handles a message may take, in seconds.</summary>
    public const int FunctionSeconds = 60;

    private readonly IEventBus bus;

    public NoticeQueue(Construct scope, string id, IEventBus bus)
        : base(scope, id, FunctionSeconds, deliveries: 100)
    {
        this.bus = bus;
        Route("Codes", "noticeMessage", new() { ["protocolStep"] = new[] { "code" } });
        Route(
            "Endings",
            "uploaderMessage",
            new()
            {
                ["protocolStep"] = new[] { "7", "a" },
                ["message"] = new Dictionary<string, object> { ["exchangeId"] = Match.Exists() },
            }
        );
    }

    /// <summary>Hands the queue's messages to a function, that may put them off.</summary>
    public void HandledBy(Function function)
    {
        HandTo(function, "Notices", maxConcurrency: 5);
        Queue.Grant(function, "sqs:ChangeMessageVisibility");
    }

    private void Route(string name, string member, Dictionary<string, object> pattern)
    {
        var rule = new Rule(
            this,
            name,
            new RuleProps
            {
                EventBus = bus,
                EventPattern = new EventPattern
                {
                    Source = ["fairshare.tds"],
                    Detail = new Dictionary<string, object> { [member] = pattern },
                },
            }
        );
        rule.AddTarget(new QueueTarget(Queue, RuleTargetInput.FromEventPath($"$.detail.{member}")));
    }
}
