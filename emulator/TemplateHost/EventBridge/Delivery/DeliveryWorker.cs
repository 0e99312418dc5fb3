using System.Text.Json.Nodes;
using TemplateHost.EventBridge.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.EventBridge.Delivery;

/// <summary>
/// Carries messages to their queues and functions; one that cannot be delivered is tried again, with growing pauses, for up to a day.
/// </summary>
internal sealed class DeliveryWorker(HostContext host) : IBackgroundWork, IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private readonly CancellationTokenSource stopping = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var pending in host.Store.Read(DeliveryTable.List))
        {
            Enqueue(pending);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync() => stopping.CancelAsync();

    public void Dispose() => stopping.Dispose();

    public void Enqueue(PendingDelivery pending) => _ = DeliverInTheEndAsync(pending);

    private async Task DeliverInTheEndAsync(PendingDelivery pending)
    {
        try
        {
            await host.InsistAsync($"The delivery of {pending.RuleArn}", () => DeliverAsync(pending), stopping.Token);
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            // It is in the store; the next start delivers it.
        }
    }

    private async Task DeliverAsync(PendingDelivery pending)
    {
        while (!await TryAsync(pending))
        {
            pending = pending with { Attempts = pending.Attempts + 1, Due = host.Time.GetUtcNow() + PauseAfter(pending.Attempts) };
            if (pending.Attempts > pending.Target.MaximumRetries || pending.Due > pending.AcceptedAt.AddSeconds(pending.Target.MaximumAge))
            {
                await GiveUpAsync(pending);
                break;
            }

            await host.Store.WriteAsync(session => DeliveryTable.Retry(session, pending));
        }

        await host.Store.WriteAsync(session => DeliveryTable.Delete(session, pending.Sequence));
    }

    private async Task<bool> TryAsync(PendingDelivery pending)
    {
        await host.DelayUntilAsync(pending.Due, stopping.Token);
        stopping.Token.ThrowIfCancellationRequested();
        try
        {
            await (
                pending.Target.IsFunction
                    ? host.Services.CallAsync(CallerOf(pending.RuleArn), "lambda", "Invoke", Invocation(pending), stopping.Token)
                    : host.Services.CallAsync(CallerOf(pending.RuleArn), "sqs", "SendMessage", Message(pending), stopping.Token)
            );
            return true;
        }
        catch (AwsException refusal)
        {
            // Nobody hears of it otherwise: on AWS it would show in the rule's FailedInvocations.
            host.Fault($"The rule {pending.RuleArn} could not deliver to {pending.Target.Arn}.", refusal);
            return false;
        }
    }

    /// <summary>What could not be delivered goes to the target's dead-letter queue, if it has one.</summary>
    private async Task GiveUpAsync(PendingDelivery pending)
    {
        if (pending.Target.DeadLetterArn is { } arn)
        {
            var dead = pending with { Target = pending.Target with { Arn = arn, MessageGroupId = null }, Due = host.Time.GetUtcNow() };
            await TryAsync(dead);
        }
    }

    private static JsonObject Invocation(PendingDelivery pending) =>
        new()
        {
            ["FunctionName"] = pending.Target.Arn,
            ["InvocationType"] = "Event",
            ["Payload"] = pending.Message,
        };

    private JsonObject Message(PendingDelivery pending)
    {
        var message = new JsonObject
        {
            ["QueueUrl"] = $"{host.Addresses.Aws}/{host.AccountId}/{pending.Target.QueueName}",
            ["MessageBody"] = pending.Message,
        };
        if (pending.Target.MessageGroupId is { } group)
        {
            message["MessageGroupId"] = group;
        }

        return message;
    }

    private Caller CallerOf(string ruleArn) =>
        new(CallerKind.Service, "events.amazonaws.com", null, "events.amazonaws.com")
        {
            Context = new Dictionary<string, string> { ["aws:SourceArn"] = ruleArn, ["aws:SourceAccount"] = host.AccountId },
        };

    private static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 20)));
        return pause < LongestPause ? pause : LongestPause;
    }
}
