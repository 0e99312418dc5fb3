using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Operations;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs;

/// <summary>Amazon SQS over its JSON protocol: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/.</summary>
internal sealed class SqsService : JsonService, IAwsService
{
    public SqsService(HostContext host)
    {
        QueueTables.Define(host.Store);
        var queues = new QueueDirectory(host);
        var signals = new QueueSignals(host);
        var administration = new QueueOperations(host, queues, signals);
        var sending = new SendOperations(host, queues, signals);
        var receiving = new ReceiveOperations(host, queues, signals);
        var handling = new ReceiptOperations(host, queues, signals);
        Operations = new([
            new("CreateQueue", "QueueName Attributes", administration.CreateAsync),
            new("DeleteQueue", "QueueUrl", administration.DeleteAsync),
            new("GetQueueUrl", "QueueName QueueOwnerAWSAccountId", administration.GetUrlAsync),
            new("ListQueues", "QueueNamePrefix NextToken MaxResults", administration.ListAsync),
            new("ListDeadLetterSourceQueues", "QueueUrl NextToken MaxResults", administration.ListSourcesAsync),
            new("GetQueueAttributes", "QueueUrl AttributeNames", administration.GetAttributesAsync),
            new("SetQueueAttributes", "QueueUrl Attributes", administration.SetAttributesAsync),
            new("PurgeQueue", "QueueUrl", administration.PurgeAsync),
            new(
                "SendMessage",
                "QueueUrl MessageBody DelaySeconds MessageAttributes MessageSystemAttributes " + "MessageDeduplicationId MessageGroupId",
                sending.SendAsync
            ),
            new(
                "SendMessageBatch",
                "QueueUrl "
                    + "Entries(Id MessageBody DelaySeconds MessageAttributes MessageSystemAttributes MessageDeduplicationId "
                    + "MessageGroupId)",
                sending.SendBatchAsync
            )
            {
                Right = "SendMessage",
            },
            new(
                "ReceiveMessage",
                "QueueUrl AttributeNames MessageSystemAttributeNames MessageAttributeNames MaxNumberOfMessages "
                    + "VisibilityTimeout WaitTimeSeconds",
                receiving.ReceiveAsync
            ),
            new("DeleteMessage", "QueueUrl ReceiptHandle", handling.DeleteAsync),
            new("DeleteMessageBatch", "QueueUrl Entries", handling.DeleteBatchAsync) { Right = "DeleteMessage" },
            new("ChangeMessageVisibility", "QueueUrl ReceiptHandle VisibilityTimeout", handling.ChangeVisibilityAsync),
        ]);
    }

    public override string SigningName => "sqs";

    protected override OperationTable<JsonCall, JsonObject> Operations { get; }

    protected override string UnknownOperationCode => "UnsupportedOperation";

    protected override string UnservedMemberCode => "UnsupportedOperation";

    /// <summary>SQS once spoke XML: its clients still look for the error code of that time, in a header.</summary>
    AwsResponse IAwsService.WriteError(AwsException error, AwsRequest request)
    {
        var response = WriteError(
            new AwsException(SqsErrors.Shape(error.Code), error.Message, error.Status) { Members = error.Members },
            request
        );
        response.Headers["x-amzn-ErrorType"] = error.Code;
        response.Headers["x-amzn-query-error"] = $"{SqsErrors.QueryCode(error.Code)};{(error.Status < 500 ? "Sender" : "Receiver")}";
        return response;
    }
}
