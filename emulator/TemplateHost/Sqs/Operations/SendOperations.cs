using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Model;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs.Operations;

/// <summary>SendMessage, SendMessageBatch. A message is in the store before its sender hears of it.</summary>
internal sealed class SendOperations(HostContext host, QueueDirectory queues, QueueSignals signals)
{
    public Task<JsonObject> SendAsync(JsonCall call)
    {
        var queue = queues.Demand(call);
        var message = Read(queue, call.Input, call.Caller);
        queues.Count(queue, OutgoingMessage.Size(message));
        return AddAsync(queue, message);
    }

    public async Task<JsonObject> SendBatchAsync(JsonCall call)
    {
        var queue = queues.Demand(call);
        var size = QueueDirectory.Entries(call.Input).Sum(entry => Encoding.UTF8.GetByteCount(entry?["MessageBody"]?.ToString() ?? ""));
        if (size > 1_048_576)
        {
            throw new AwsException(
                "BatchRequestTooLong",
                $"Batch requests cannot be longer than 1048576 bytes. You have sent {size} bytes."
            );
        }

        // What an entry of a FIFO queue cannot be without is missed of the whole request.
        foreach (var entry in QueueDirectory.Entries(call.Input).Where(_ => queue.IsFifo))
        {
            OutgoingMessage.DemandOrder(queue, entry!.AsObject());
        }

        queues.Count(queue, size);
        return await QueueDirectory.EachAsync(call.Input, entry => AddAsync(queue, Read(queue, entry, call.Caller)));
    }

    private async Task<JsonObject> AddAsync(Queue queue, Message message)
    {
        var (id, sequence) = await host.Store.WriteAsync(session =>
        {
            var key = message.DeduplicationId is { } given
                ? queue.DeduplicatesByGroup
                    ? $"{message.Group}\n{given}"
                    : given
                : null;
            if (key is not null && DeduplicationTable.Find(session, queue.Name, key, message.SentAt) is { } earlier)
            {
                return earlier;
            }

            var added = MessageTable.Add(session, message);
            if (key is not null)
            {
                DeduplicationTable.Put(session, queue.Name, key, message.Id, added, message.SentAt);
            }

            return (message.Id, added);
        });
        signals.Raise(queue.Name);
        return Answer(queue, message, id, sequence);
    }

    private Message Read(Queue queue, JsonObject input, Caller caller)
    {
        var outgoing = OutgoingMessage.Read(queue, input);
        var now = host.Time.GetUtcNow();
        return new Message(
            0,
            queue.Name,
            host.Random.Uuid(),
            outgoing.Body,
            caller.UserId,
            now,
            now + outgoing.Delay,
            0,
            null,
            "",
            outgoing.Group,
            outgoing.DeduplicationId,
            outgoing.Attributes,
            outgoing.System
        );
    }

    private static JsonObject Answer(Queue queue, Message message, string id, long sequence)
    {
        var answer = new JsonObject { ["MessageId"] = id, ["MD5OfMessageBody"] = MessageDigests.OfBody(message.Body) };
        if (MessageDigests.OfAttributes(message.Attributes) is { } digest)
        {
            answer["MD5OfMessageAttributes"] = digest;
        }

        if (message.System is { } system)
        {
            answer["MD5OfMessageSystemAttributes"] = MessageDigests.OfAttributes(MessageAttributes.Typed(system));
        }

        if (queue.IsFifo)
        {
            answer["SequenceNumber"] = Message.SequenceNumber(sequence);
        }

        return answer;
    }
}

/// <summary>What a request to send says, checked.</summary>
internal sealed record OutgoingMessage(
    string Body,
    TimeSpan Delay,
    string? Group,
    string? DeduplicationId,
    JsonObject? Attributes,
    JsonObject? System
)
{
    public static OutgoingMessage Read(Queue queue, JsonObject input)
    {
        var body = input["MessageBody"]?.GetValue<string>();
        if (string.IsNullOrEmpty(body))
        {
            throw SqsErrors.Missing("MessageBody");
        }

        MessageText.DemandBody(body);
        var attributes = MessageAttributes.Read(input["MessageAttributes"] as JsonObject);
        var group = MessageText.Identifier(input, "MessageGroupId");
        var message = new OutgoingMessage(
            body,
            DelayOf(queue, input),
            group,
            DeduplicationOf(queue, input, body),
            attributes,
            MessageAttributes.ReadSystem(input["MessageSystemAttributes"] as JsonObject)
        );
        var size = Encoding.UTF8.GetByteCount(body) + MessageAttributes.Size(attributes);
        if (size > queue.LargestMessage)
        {
            throw SqsErrors.InvalidParameter(
                $"One or more parameters are invalid. Reason: Message must be shorter than {queue.LargestMessage} bytes."
            );
        }

        return queue.IsFifo && group is null ? throw SqsErrors.Missing("MessageGroupId") : message;
    }

    public static int Size(Message message) => Encoding.UTF8.GetByteCount(message.Body) + MessageAttributes.Size(message.Attributes);

    /// <exception cref="AwsException">InvalidParameterValue: an entry of a FIFO queue without a group, or without a way to tell it
    /// from its repetition.</exception>
    public static void DemandOrder(Queue queue, JsonObject entry)
    {
        if (entry["MessageGroupId"] is null)
        {
            throw SqsErrors.InvalidParameter("The request must contain the parameter MessageGroupId.");
        }

        DeduplicationOf(queue, entry, "");
    }

    private static TimeSpan DelayOf(Queue queue, JsonObject input)
    {
        if (input["DelaySeconds"]?.GetValue<int>() is not { } seconds)
        {
            return queue.Delay;
        }

        if (seconds is < 0 or > 900 || (queue.IsFifo && seconds != 0))
        {
            var reason = queue.IsFifo
                ? "The request include parameter that is not valid for this queue type."
                : "DelaySeconds must be >= 0 and <= 900.";
            throw SqsErrors.InvalidParameter($"Value {seconds} for parameter DelaySeconds is invalid. Reason: {reason}");
        }

        // A FIFO queue's delay is the queue's alone: zero says nothing there.
        return queue.IsFifo ? queue.Delay : TimeSpan.FromSeconds(seconds);
    }

    private static string? DeduplicationOf(Queue queue, JsonObject input, string body)
    {
        var given = MessageText.Identifier(input, "MessageDeduplicationId");
        if (!queue.IsFifo)
        {
            return given is null
                ? null
                : throw SqsErrors.InvalidParameter(
                    "The request includes a parameter that is not valid for this queue type: MessageDeduplicationId."
                );
        }

        return given
            ?? (
                queue.DeduplicatesByContent
                    ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))
                    : throw SqsErrors.InvalidParameter(
                        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
                    )
            );
    }
}
