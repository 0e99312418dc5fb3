using System.Security.Cryptography;
using System.Text;
using FairShare.Contracts.Http;
using FairShare.Contracts.Notices;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Notices;

/// <summary>
/// Ends the notices of whoever got a mail, by its token alone. The answer is the same whether the token was good: it tells nobody who has
/// notices.
/// </summary>
internal sealed class Unsubscribe(FunctionServices services) : IRouteHandler<NoticeToken, None, NoticeView>
{
    public async Task<Answer<NoticeView>> HandleAsync(ApiCall<NoticeToken, None> call, CancellationToken cancellationToken)
    {
        var (token, settings) = (call.Subject, services.Notices.Settings);
        if (await settings.FindAsync(token.Party, cancellationToken) is { IsEnded: false } setting && IsSame(setting.Token, token))
        {
            await settings.TryEndAsync(setting, cancellationToken);
        }

        return NoticeViews.Off;
    }

    private static bool IsSame(NoticeToken one, NoticeToken other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one.Secret), Encoding.ASCII.GetBytes(other.Secret));
}
