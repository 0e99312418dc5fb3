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
        var standing = await services.Notices.Settings.FindAsync(call.Party, cancellationToken);
        return standing is null or { IsEnded: true } || await services.Notices.Settings.TryEndAsync(standing, cancellationToken)
            ? NoticeViews.Off
            : throw CommonProblems.Busy.With("Another call about these notices was faster; repeat the request.");
    }
}
