using Amazon.SimpleEmailV2;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Webhooks;

namespace FairShare.Functions.Notices;

/// <summary>What is noted of a mail, and what becomes of its message in the queue.</summary>
internal sealed class NoticeAttempt(FunctionServices services)
{
    /// <summary>How long a message waits for what another call is about to do.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    /// <summary>Notes that a mail is to be sent.</summary>
    /// <returns>The note as it stands.</returns>
    public async Task<DeliveryRecord?> NoteAsync(NoticeEvent read, PartyId party, CancellationToken cancellationToken)
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

    /// <summary>Hands a mail to SES.</summary>
    /// <returns>Null when SES took it, or else why not.</returns>
    public async Task<string?> TrySendAsync(NoticeMail mail, EmailAddress address, CancellationToken cancellationToken)
    {
        try
        {
            await services.Notices.Mailer.SendAsync(address, mail.Subject, mail.Text, mail.Headers, cancellationToken);
            return null;
        }
        catch (AmazonSimpleEmailServiceV2Exception refusal)
        {
            return refusal.ErrorCode ?? "refused";
        }
    }

    /// <summary>Notes an attempt.</summary>
    /// <param name="delivery">The note that stands.</param>
    /// <param name="failure">Why it failed; null when it did not.</param>
    /// <param name="handle">The message's.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when the message stays in the queue for the next attempt.</returns>
    public async Task<bool> NoteAsync(DeliveryRecord delivery, string? failure, string handle, CancellationToken cancellationToken)
    {
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var attempted = delivery with { Attempts = delivery.Attempts + 1, LastAttemptAt = now, NextAttemptAt = null, Failure = failure };
        var wait = failure is null ? null : RetrySchedule.After(attempted.Attempts, delivery.StartedAt, now);
        if (wait is null)
        {
            await ReplaceAsync(
                attempted with
                {
                    Phase = failure is null ? DeliveryPhase.Delivered : DeliveryPhase.Dead,
                },
                cancellationToken
            );
            return true;
        }

        await ReplaceAsync(attempted with { NextAttemptAt = now + wait }, cancellationToken);
        return await PutOffAsync(handle, wait.Value, cancellationToken);
    }

    /// <summary>Puts a note in the place of what stands.</summary>
    public Task<bool> ReplaceAsync(DeliveryRecord delivery, CancellationToken cancellationToken) =>
        services.Webhooks.Deliveries.TryReplaceAsync(delivery, delivery.StartedAt, cancellationToken);

    /// <summary>Keeps a message out of sight for a while.</summary>
    /// <returns>False: it stays in the queue.</returns>
    public async Task<bool> PutOffAsync(string handle, TimeSpan wait, CancellationToken cancellationToken)
    {
        await services.Notices.Queue.DelayAsync(handle, wait, cancellationToken);
        return false;
    }
}
