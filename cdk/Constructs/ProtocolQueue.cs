using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace FairShare.Cdk.Constructs;

/// <summary>The store's queue for the seed's envelope, and where messages go that cannot be handled, with the reason.</summary>
public sealed class ProtocolQueue : Construct
{
    /// <summary>How long the function that handles a message may take, in seconds.</summary>
    public const int FunctionSeconds = 60;

    public ProtocolQueue(Construct scope, string id)
        : base(scope, id)
    {
        DeadLetters = new Queue(this, "DeadLetters", new QueueProps
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
        });
        Queue = new Queue(this, "Queue", new QueueProps
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
            // Six times the handler's timeout, as the event source mapping asks for.
            VisibilityTimeout = Duration.Seconds(6 * FunctionSeconds),
            DeadLetterQueue = new DeadLetterQueue { Queue = DeadLetters, MaxReceiveCount = 5 },
        });
    }

    public Queue Queue { get; }

    public Queue DeadLetters { get; }

    /// <summary>Hands the queue's messages to a function.</summary>
    public void HandledBy(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        // SqsEventSource would grant more than the mapping uses.
        Queue.Grant(function, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");
        function.AddEventSourceMapping("ProtocolQueue", new EventSourceMappingOptions
        {
            EventSourceArn = Queue.QueueArn,
            // One message an invocation: it takes a step's function, 29 seconds at most, and half of the timeout is left for the rest.
            // So a batch cannot outlast its function, and a slow message delays no other.
            BatchSize = 1,
            MaxConcurrency = 20,
            ReportBatchItemFailures = true,
        });
    }
}
