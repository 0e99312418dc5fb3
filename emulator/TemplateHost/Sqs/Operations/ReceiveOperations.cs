using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Model;
using TemplateHost.Sqs.Storage;
using TemplateHost.Storage;

namespace TemplateHost.Sqs.Operations;

/// <summary>ReceiveMessage: short and long polling, visibility, group order, redrive to the dead-letter queue.</summary>
internal sealed class ReceiveOperations(HostContext host, QueueDirectory queues, QueueSignals signals)
{
    public async Task<JsonObject> ReceiveAsync(JsonCall call)
    {
        var queue = queues.Demand(call);
        var request = ReceiveRequest.Read(queue, call.Input) with { IsPollers = call.Caller.IsPoller };
        queues.Count(queue);
        var until = host.Time.GetUtcNow().AddSeconds(request.WaitSeconds);
        while (true)
        {
            var signal = signals.Next(queue.Name);
            var messages = await TakeAsync(queue, request);
            var now = host.Time.GetUtcNow();
            if (messages.Count > 0 || now >= until)
            {
                return Answer(messages, call.Input);
            }

            var next = host.Store.Read(session => MessageTable.NextVisible(session, queue.Name, now));
            await signals.WaitAsync(signal, next is { } at && at < until ? at : until, call.CancellationToken);
        }
    }

    private async Task<List<Message>> TakeAsync(Queue queue, ReceiveRequest request)
    {
        var now = host.Time.GetUtcNow();
        var quiet = host.Store.Read(session =>
            MessageTable.Visible(session, queue.Name, now, 1).Count == 0
            && !(request.IsPollers && PolledTable.Has(session, queue.Name, now))
        );
        if (quiet)
        {
            return [];
        }

        var receipts = Enumerable
            .Range(0, request.Count)
            .Select(_ => ReceiptHandle.NewReceipt(now, host.Random.Base64(24), request.IsPollers))
            .ToList();
        var (taken, moved) = await host.Store.WriteAsync(session => Take(session, queue, request, receipts, now));
        if (moved)
        {
            signals.Raise(queue.Redrive!.TargetName);
        }

        return taken;
    }

    private static (List<Message> Taken, bool Moved) Take(
        StoreSession session,
        Queue queue,
        ReceiveRequest request,
        List<string> receipts,
        DateTimeOffset now
    )
    {
        MessageTable.DeleteOlder(session, queue.Name, now - queue.Retention);
        if (request.IsPollers)
        {
            // Who polls again is done with what came before.
            PolledTable.Leave(session, queue.Name, now);
        }

        var taken = new List<Message>();
        var moved = false;
        while (taken.Count < request.Count)
        {
            var wanted = request.Count - taken.Count;
            var found = queue.IsFifo
                ? MessageTable.VisibleByGroup(session, queue.Name, now, wanted)
                : MessageTable.Visible(session, queue.Name, now, wanted);
            if (found.Count == 0)
            {
                break;
            }

            var spent = found.Where(message => message.ReceiveCount >= (queue.Redrive?.MaxReceiveCount ?? int.MaxValue)).ToList();
            spent.ForEach(message => MoveToDeadLetters(session, queue, message));
            moved |= spent.Count > 0;
            // What the batch took is in flight now; of its group, a FIFO queue gives no more before it is gone, but in this very answer.
            var batch = found
                .Except(spent)
                .Select(message => Receive(session, message, receipts[taken.Count], request, now, taken))
                .ToList();
            if (spent.Count == 0 || batch.Count > 0)
            {
                break;
            }
        }

        return (taken, moved);
    }

    private static Message Receive(
        StoreSession session,
        Message message,
        string receipt,
        ReceiveRequest request,
        DateTimeOffset now,
        List<Message> taken
    )
    {
        var received = message with
        {
            VisibleAt = now + request.Visibility,
            ReceiveCount = message.ReceiveCount + 1,
            FirstReceivedAt = message.FirstReceivedAt ?? now,
            Receipt = receipt,
        };
        MessageTable.MarkReceived(session, received);
        taken.Add(received);
        return received;
    }

    private static void MoveToDeadLetters(StoreSession session, Queue queue, Message message)
    {
        var system = message.System?.DeepClone().AsObject() ?? [];
        system["DeadLetterQueueSourceArn"] = queue.Arn;
        MessageTable.Move(session, message with { System = system, VisibleAt = message.SentAt }, queue.Redrive!.TargetName);
    }

    private static JsonObject Answer(List<Message> messages, JsonObject input) =>
        messages.Count == 0
            ? []
            : new JsonObject { ["Messages"] = new JsonArray([.. messages.Select(message => ReceivedMessage.Of(message, input))]) };
}

/// <param name="Count">At most ten messages.</param>
/// <param name="Visibility">How long nobody else receives them.</param>
internal sealed record ReceiveRequest(int Count, TimeSpan Visibility, int WaitSeconds)
{
    /// <summary>Whether the host itself receives, for a function.</summary>
    public bool IsPollers { get; init; }

    public static ReceiveRequest Read(Queue queue, JsonObject input)
    {
        var count = Bounded(input, "MaxNumberOfMessages", 1, 10) ?? 1;
        var visibility = Bounded(input, "VisibilityTimeout", 0, 43_200);
        var wait = Bounded(input, "WaitTimeSeconds", 0, 20) ?? queue.WaitSeconds;
        return new ReceiveRequest(count, visibility is { } seconds ? TimeSpan.FromSeconds(seconds) : queue.VisibilityTimeout, wait);
    }

    public static int? Bounded(JsonObject input, string name, int least, int most) =>
        input[name]?.GetValue<int>() switch
        {
            null => null,
            var value when value >= least && value <= most => value,
            var value => throw SqsErrors.InvalidParameter(
                $"Value {value?.ToString(CultureInfo.InvariantCulture)} for parameter {name} is invalid. Reason: Must be "
                    + $"between {least} and {most}, if provided."
            ),
        };
}
