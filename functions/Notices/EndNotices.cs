using FairShare.Contracts.Http;
using FairShare.Contracts.Notices;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Notices;

/// <summary>Ends the caller's notices. What waits to be sent is not.</summary>
internal sealed class EndNotices(FunctionServices services) : IRouteHandler<None, None, NoticeView>
{
    public async Task<Answer<NoticeView>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var settings = services.Notices.Settings;
        var standing = await settings.FindAsync(call.Party, cancellationToken);
        var pending = await settings.FindPendingAsync(call.Party, cancellationToken);
        return await settings.TryEndAsync(standing, pending, cancellationToken)
            ? NoticeViews.Off
            : throw CommonProblems.Busy.With("Another call about these notices was faster; repeat the request.");
    }
}
