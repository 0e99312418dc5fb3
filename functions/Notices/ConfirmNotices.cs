using System.Security.Cryptography;
using System.Text;
using FairShare.Aws.Notices;
using FairShare.Contracts.Http;
using FairShare.Contracts.Notices;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Notices;

/// <summary>Confirms the caller's address by the code that was mailed to it.</summary>
internal sealed class ConfirmNotices(FunctionServices services) : IRouteHandler<None, NoticeConfirmation, NoticeView>
{
    public async Task<Answer<NoticeView>> HandleAsync(ApiCall<None, NoticeConfirmation> call, CancellationToken cancellationToken)
    {
        // What counts calls bounds guesses too.
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var setting = await services.Notices.Settings.FindAsync(call.Party, cancellationToken);
        if (setting is null or { IsEnded: true } || !IsGood(setting, call.Request.Code))
        {
            throw NoticeProblems.NotConfirmed.With("Give the code of the last mail within a day, or have another one mailed.");
        }

        var confirmed = setting with { IsConfirmed = true };
        return await services.Notices.Settings.TryPutAsync(confirmed, setting, cancellationToken)
            ? confirmed.ToView()
            : throw CommonProblems.Busy.With("Another call about these notices was faster; repeat the request.");
    }

    private bool IsGood(NoticeSetting setting, string code) =>
        services.Time.GetUtcNow() <= setting.AskedAt + NoticeSetting.CodeLifetime
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(NoticeCode.HashOf(code)),
            Encoding.ASCII.GetBytes(setting.CodeHash)
        );
}
