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
        Operations = new Dictionary<string, Func<JsonCall, Task<JsonObject>>>
        {
            ["CreateQueue"] = administration.CreateAsync,
            ["DeleteQueue"] = administration.DeleteAsync,
            ["GetQueueUrl"] = administration.GetUrlAsync,
            ["ListQueues"] = administration.ListAsync,
            ["ListDeadLetterSourceQueues"] = administration.ListSourcesAsync,
            ["GetQueueAttributes"] = administration.GetAttributesAsync,
            ["SetQueueAttributes"] = administration.SetAttributesAsync,
            ["PurgeQueue"] = administration.PurgeAsync,
            ["SendMessage"] = sending.SendAsync,
            ["SendMessageBatch"] = sending.SendBatchAsync,
            ["ReceiveMessage"] = receiving.ReceiveAsync,
            ["DeleteMessage"] = handling.DeleteAsync,
            ["DeleteMessageBatch"] = handling.DeleteBatchAsync,
            ["ChangeMessageVisibility"] = handling.ChangeVisibilityAsync,
            ["ChangeMessageVisibilityBatch"] = handling.ChangeVisibilityBatchAsync,
        };
    }

    public override string SigningName => "sqs";

    protected override IReadOnlyDictionary<string, Func<JsonCall, Task<JsonObject>>> Operations { get; }

    protected override string UnknownOperationCode => "UnsupportedOperation";

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
