using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace FairShare.Cdk.Constructs;

/// <summary>The queue of aborted documents: their open exchanges are ended and their bytes deleted, however many there are.</summary>
public sealed class Endings : Construct
{
    private const int FunctionSeconds = 150;

    public Endings(Construct scope, string id, Delivery delivery)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(delivery);
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
            // Six times the handler's timeout; also how long a message rests that is to come again until presigned uploads have expired.
            VisibilityTimeout = Duration.Seconds(6 * FunctionSeconds),
            DeadLetterQueue = new DeadLetterQueue { Queue = DeadLetters, MaxReceiveCount = 100 },
        });
        delivery.Route("Endings", "abortedDocument", "documentId", Queue);
    }

    public Queue Queue { get; }

    public Queue DeadLetters { get; }

    /// <summary>Makes the function that handles the queue.</summary>
    public void HandledBy(FunctionFactory functions, ServiceParts parts)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(parts);
        var function = functions.Create("EndExchanges", Duration.Seconds(FunctionSeconds));
        Grants.EndExchanges(parts, function);
        Queue.Grant(function, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");
        function.AddEventSourceMapping("Endings", new EventSourceMappingOptions
        {
            EventSourceArn = Queue.QueueArn,
            BatchSize = 1,
            MaxConcurrency = 10,
            ReportBatchItemFailures = true,
        });
    }
}
