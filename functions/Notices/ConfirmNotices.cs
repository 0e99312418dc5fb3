using System.Security.Cryptography;
using System.Text;
using FairShare.Aws.Notices;
using FairShare.Contracts.Http;
using FairShare.Contracts.Notices;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Notices;

/// <summary>Confirms an address by the code that was mailed to it: it takes the place of the one before.</summary>
internal sealed class ConfirmNotices(FunctionServices services) : IRouteHandler<None, NoticeConfirmation, NoticeView>
{
    public async Task<Answer<NoticeView>> HandleAsync(ApiCall<None, NoticeConfirmation> call, CancellationToken cancellationToken)
    {
        // What counts calls bounds guesses too.
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var settings = services.Notices.Settings;
        var pending = await settings.FindPendingAsync(call.Party, cancellationToken);
        if (pending?.IsGood(services.Time.GetUtcNow()) != true || !IsCodeOf(pending, call.Request.Code))
        {
            throw NoticeProblems.NotConfirmed.With("Give the code of the last mail within a day, or have another one mailed.");
        }

        var confirmed = new NoticeSetting
        {
            Party = call.Party,
            Address = pending.Address,
            About = pending.About,
            Token = NoticeToken.New(call.Party, services.Randomness),
        };
        var standing = await settings.FindAsync(call.Party, cancellationToken);
        return await settings.TryConfirmAsync(confirmed, pending, standing, cancellationToken)
            ? NoticeViews.Of(confirmed, null, services.Time.GetUtcNow())
            : throw CommonProblems.Busy.With("Another call about these notices was faster; repeat the request.");
    }

    private static bool IsCodeOf(PendingNotices pending, string code) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(NoticeCode.HashOf(code)),
            Encoding.ASCII.GetBytes(pending.CodeHash)
        );
}
