using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Model;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs.Operations;

/// <summary>DeleteMessage, DeleteMessageBatch, ChangeMessageVisibility.</summary>
internal sealed class ReceiptOperations(HostContext host, QueueDirectory queues, QueueSignals signals)
{
    private const int LongestVisibility = 43_200;

    private delegate Task<JsonObject> Handling(Queue queue, JsonObject input);

    public Task<JsonObject> DeleteAsync(JsonCall call) => OneAsync(call, DeleteAsync);

    public Task<JsonObject> DeleteBatchAsync(JsonCall call) => EachAsync(call, DeleteAsync);

    public Task<JsonObject> ChangeVisibilityAsync(JsonCall call) => OneAsync(call, ChangeAsync);

    private Task<JsonObject> OneAsync(JsonCall call, Handling handle) => handle(Demand(call), call.Input);

    private Task<JsonObject> EachAsync(JsonCall call, Handling handle)
    {
        var queue = Demand(call);
        return QueueDirectory.EachAsync(call.Input, entry => handle(queue, entry));
    }

    private Queue Demand(JsonCall call)
    {
        var queue = queues.Demand(call);
        queues.Count(queue);
        return queue;
    }

    /// <summary>Deletes; a message that is gone, or that somebody received since, is left as it is, and that is no error.</summary>
    private async Task<JsonObject> DeleteAsync(Queue queue, JsonObject input)
    {
        var handle = ReceiptHandle.Parse(input["ReceiptHandle"]?.GetValue<string>());
        await host.Store.WriteAsync(session =>
            MessageTable.Find(session, queue.Name, handle.Sequence)?.Receipt == handle.Receipt
            && MessageTable.Delete(session, handle.Sequence)
        );
        signals.Raise(queue.Name);
        return [];
    }

    private async Task<JsonObject> ChangeAsync(Queue queue, JsonObject input)
    {
        var handle = ReceiptHandle.Parse(input["ReceiptHandle"]?.GetValue<string>());
        var seconds =
            ReceiveRequest.Bounded(input, "VisibilityTimeout", 0, LongestVisibility) ?? throw SqsErrors.Missing("VisibilityTimeout");
        var now = host.Time.GetUtcNow();
        await host.Store.WriteAsync(session =>
        {
            var message = MessageTable.Find(session, queue.Name, handle.Sequence);
            if (message is null || message.Receipt != handle.Receipt || message.VisibleAt <= now)
            {
                throw new AwsException("MessageNotInflight", "The specified message isn't in flight.");
            }

            DemandWithin(handle, seconds, now);
            MessageTable.SetVisible(session, handle.Sequence, now.AddSeconds(seconds));
            PolledTable.Leave(session, handle.Sequence);
            return true;
        });
        signals.Raise(queue.Name);
        return [];
    }

    /// <summary>A message is hidden for twelve hours at most from when it was received, however often that is changed.</summary>
    private static void DemandWithin(ReceiptHandle handle, int seconds, DateTimeOffset now)
    {
        if (now.ToUnixTimeMilliseconds() + (seconds * 1000L) > handle.ReceivedAt + (LongestVisibility * 1000L))
        {
            throw SqsErrors.InvalidParameter(
                $"Value {seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond "
                    + $"the limit [{LongestVisibility} seconds]."
            );
        }
    }
}
