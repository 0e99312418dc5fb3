using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>
/// A queue whose messages one function handles, each in an invocation of its own, and where those go that it cannot handle.
/// </summary>
public abstract class HandledQueue : Construct
{
    /// <param name="scope">The parent.</param>
    /// <param name="id">The construct's id.</param>
    /// <param name="functionSeconds">The timeout of the function.</param>
    /// <param name="deliveries">How often a message is delivered before it goes to the dead letters.</param>
    protected HandledQueue(Construct scope, string id, int functionSeconds, int deliveries)
        : base(scope, id)
    {
        DeadLetters = new Queue(this, "DeadLetters", Properties());
        var properties = Properties();
        // Six times the function's timeout, as the event source mapping asks for.
        properties.VisibilityTimeout = Duration.Seconds(6 * functionSeconds);
        properties.DeadLetterQueue = new DeadLetterQueue { Queue = DeadLetters, MaxReceiveCount = deliveries };
        Queue = new Queue(this, "Queue", properties);
    }

    public Queue Queue { get; }

    public Queue DeadLetters { get; }

    /// <summary>Hands the queue's messages to a function. One message an invocation, so a batch cannot outlast its function.</summary>
    protected void HandTo(Function function, string mapping, int maxConcurrency)
    {
        ArgumentNullException.ThrowIfNull(function);
        // SqsEventSource would grant more than the mapping uses.
        Queue.Grant(function, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");
        function.AddEventSourceMapping(
            mapping,
            new EventSourceMappingOptions
            {
                EventSourceArn = Queue.QueueArn,
                BatchSize = 1,
                MaxConcurrency = maxConcurrency,
                ReportBatchItemFailures = true,
            }
        );
    }

    private static QueueProps Properties() =>
        new()
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
        };
}
