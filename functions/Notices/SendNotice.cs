using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Amazon.SimpleEmailV2;
using FairShare.Aws.Notices;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Webhooks;

namespace FairShare.Functions.Notices;

/// <summary>
/// Mails a notice to a party that wants it, once however often the message comes. What SES did not take stays in the queue, out of sight
/// until the next attempt, as a webhook's message does; after three days it is given up.
/// </summary>
internal sealed class SendNotice(FunctionServices services) : IFunction
{
    public Task<Stream> InvokeAsync(Stream payload, ILambdaContext context) =>
        QueueBatches.HandleAsync(payload, context, services.Time, HandleAsync);

    private async Task<bool> HandleAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
    {
        var read =
            JsonSerializer.Deserialize(message.Body, NoticeJson.Default.NoticeEvent)
            ?? throw new InvalidOperationException("The message is no envelope.");
        var party = PartyId.Parse(read.UserId);
        if (
            await services.Notices.Settings.FindAsync(party, cancellationToken) is not { IsEnded: false } setting
            || !IsWanted(read, setting)
            || await NotedAsync(read, party, cancellationToken) is not { Phase: DeliveryPhase.Waiting } delivery
        )
        {
            return true;
        }

        return await AttemptAsync(read, setting, delivery, message.ReceiptHandle, cancellationToken);
    }

    // A code that is no longer the last one is of no use to anybody.
    private static bool IsWanted(NoticeEvent read, NoticeSetting setting) =>
        read.ProtocolStep switch
        {
            NoticeEvent.Code => read.Message.Code is { } code && NoticeCode.HashOf(code) == setting.CodeHash && !setting.IsConfirmed,
            NoticeEvent.Document => setting.IsConfirmed && setting.About.Contains(NoticeSetting.Documents),
            _ => setting.IsConfirmed && setting.About.Contains(NoticeSetting.Endings),
        };

    private async Task<DeliveryRecord?> NotedAsync(NoticeEvent read, PartyId party, CancellationToken cancellationToken)
    {
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var about = read.Message.Code is { } code ? NoticeCode.HashOf(code)[..22] : read.Message.ExchangeId ?? read.Message.FileId;
        var delivery = new DeliveryRecord
        {
            Webhook = WebhookId.Parse(DerivedId.From("notices", party, "")),
            MessageId = $"{about}_{read.ProtocolStep}",
            Body = read.ProtocolStep,
            NotedAt = now,
            StartedAt = now,
        };
        return await services.Webhooks.Deliveries.TryNoteAsync(delivery, cancellationToken)
            ? delivery
            : await services.Webhooks.Deliveries.FindAsync(delivery.Webhook, delivery.MessageId, cancellationToken);
    }

    private async Task<bool> AttemptAsync(
        NoticeEvent read,
        NoticeSetting setting,
        DeliveryRecord delivery,
        string handle,
        CancellationToken cancellationToken
    )
    {
        var failure = await TrySendAsync(NoticeMail.Of(read, setting, services.Settings.ApiUrl), setting, cancellationToken);
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var attempted = delivery with { Attempts = delivery.Attempts + 1, LastAttemptAt = now, NextAttemptAt = null, Failure = failure };
        var wait = failure is null ? null : RetrySchedule.After(attempted.Attempts, delivery.StartedAt, now);
        if (wait is null)
        {
            var phase = failure is null ? DeliveryPhase.Delivered : DeliveryPhase.Dead;
            await NoteAsync(attempted with { Phase = phase }, cancellationToken);
            return true;
        }

        await services.Notices.Queue.DelayAsync(handle, wait.Value, cancellationToken);
        await NoteAsync(attempted with { NextAttemptAt = now + wait }, cancellationToken);
        return false;
    }

    // Null when SES took it.
    private async Task<string?> TrySendAsync(NoticeMail mail, NoticeSetting setting, CancellationToken cancellationToken)
    {
        try
        {
            await services.Notices.Mailer.SendAsync(setting.Address, mail.Subject, mail.Text, mail.Headers, cancellationToken);
            return null;
        }
        catch (AmazonSimpleEmailServiceV2Exception refusal)
        {
            return refusal.ErrorCode ?? "refused";
        }
    }

    private Task<bool> NoteAsync(DeliveryRecord delivery, CancellationToken cancellationToken) =>
        services.Webhooks.Deliveries.TryReplaceAsync(delivery, delivery.StartedAt, cancellationToken);
}
