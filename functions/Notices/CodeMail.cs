using FairShare.Aws.Notices;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Notices;

/// <summary>Mails the code that confirms an address, while it is good and no later one was asked for.</summary>
internal sealed class CodeMail(FunctionServices services)
{
    // The code is handed on before it is noted. A call that has not noted it by then never will.
    private static readonly TimeSpan NotedWithin = TimeSpan.FromMinutes(1);

    private readonly NoticeAttempt attempts = new(services);

    /// <summary>Mails it.</summary>
    /// <returns>False when the message stays in the queue.</returns>
    public async Task<bool> SendAsync(NoticeEvent read, PartyId party, string handle, CancellationToken cancellationToken)
    {
        var (code, askedAt) = (read.Message.Code, read.Message.AskedAt);
        var now = services.Time.GetUtcNow();
        if (code is null || askedAt is null || now > askedAt + PendingNotices.CodeLifetime)
        {
            return true;
        }

        var pending = await services.Notices.Settings.FindPendingAsync(party, cancellationToken);
        if (pending?.CodeHash != NoticeCode.HashOf(code))
        {
            // Another one stands: this was never noted, or is no longer the last and of no use to anybody.
            return now > askedAt + NotedWithin || await attempts.PutOffAsync(handle, NoticeAttempt.Moment, cancellationToken);
        }

        if (
            !pending.IsGood(now)
            || await attempts.NoteAsync(read, party, cancellationToken) is not { Phase: DeliveryPhase.Waiting } delivery
        )
        {
            return true;
        }

        var failure = await attempts.TrySendAsync(NoticeMail.OfCode(code), pending.Address, cancellationToken);
        return await attempts.NoteAsync(delivery, failure, handle, cancellationToken);
    }
}
