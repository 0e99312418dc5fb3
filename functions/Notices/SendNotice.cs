using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using FairShare.Aws.Notices;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Webhooks;

namespace FairShare.Functions.Notices;

/// <summary>
/// Mails a notice to a party that wants it, once however often the message comes; what comes within an hour of a mail waits, and is told
/// in one. What SES did not take stays in the queue, out of sight until the next attempt, as a webhook's message does; after three days it
/// is given up.
/// </summary>
internal sealed class SendNotice(FunctionServices services) : IFunction
{
    private readonly CodeMail codes = new(services);
    private readonly NoticeAttempt attempts = new(services);

    public Task<Stream> InvokeAsync(Stream payload, ILambdaContext context) =>
        QueueBatches.HandleAsync(payload, context, services.Time, HandleAsync);

    private Task<bool> HandleAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
    {
        var read =
            JsonSerializer.Deserialize(message.Body, NoticeJson.Default.NoticeEvent)
            ?? throw new InvalidOperationException("The message is no envelope.");
        var party = PartyId.Parse(read.UserId);
        return read.ProtocolStep == NoticeEvent.Code
            ? codes.SendAsync(read, party, message.ReceiptHandle, cancellationToken)
            : TellAsync(read, party, message.ReceiptHandle, cancellationToken);
    }

    private async Task<bool> TellAsync(NoticeEvent read, PartyId party, string handle, CancellationToken cancellationToken)
    {
        var kind = read.ProtocolStep == NoticeEvent.Document ? NoticeSetting.Documents : NoticeSetting.Endings;
        if (
            await services.Notices.Settings.FindAsync(party, cancellationToken) is not { } setting
            || !setting.About.Contains(kind)
            || await attempts.NoteAsync(read, party, cancellationToken) is not { Phase: DeliveryPhase.Waiting } delivery
        )
        {
            return true;
        }

        var mailing = await services.Notices.Mailings.ReadAsync(delivery.Webhook, kind, cancellationToken);
        if (mailing.HasTold(delivery.NotedAt))
        {
            await attempts.ReplaceAsync(delivery with { Phase = DeliveryPhase.Delivered }, cancellationToken);
            return true;
        }

        return await ClaimAsync(mailing, delivery, cancellationToken) is { } claimed
            ? await MailAsync(NoticeMail.Of(kind, setting, services.Settings.ApiUrl), setting, delivery, claimed, handle, cancellationToken)
            : await attempts.PutOffAsync(handle, WaitOf(mailing, delivery), cancellationToken);
    }

    // Null while it has to wait: for an hour to go by, or for a mail that is being sent for another message.
    private async Task<Mailing?> ClaimAsync(Mailing mailing, DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        var now = Now();
        var claimed = mailing.Claim(delivery.MessageId, now);
        return
            mailing.WaitOf(delivery.MessageId, now) <= TimeSpan.Zero
            && await services.Notices.Mailings.TryClaimAsync(claimed, mailing, cancellationToken)
            ? claimed
            : null;
    }

    private TimeSpan WaitOf(Mailing mailing, DeliveryRecord delivery)
    {
        var wait = mailing.WaitOf(delivery.MessageId, Now());
        return wait > NoticeAttempt.Moment ? wait : NoticeAttempt.Moment;
    }

    private async Task<bool> MailAsync(
        NoticeMail mail,
        NoticeSetting setting,
        DeliveryRecord delivery,
        Mailing claimed,
        string handle,
        CancellationToken cancellationToken
    )
    {
        var began = Now();
        var failure = await attempts.TrySendAsync(mail, setting.Address, cancellationToken);
        if (failure is null)
        {
            await services.Notices.Mailings.NoteAsync(claimed.Mailed(began), cancellationToken);
        }

        return await attempts.NoteAsync(delivery, failure, handle, cancellationToken);
    }

    private DateTimeOffset Now() => Timestamp.Truncate(services.Time.GetUtcNow());
}
