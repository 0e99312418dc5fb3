using FairShare.Contracts.Http;
using FairShare.Contracts.Notices;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Notices;

/// <summary>Tells the caller where its notices go.</summary>
internal sealed class GetNotices(FunctionServices services) : IRouteHandler<None, None, NoticeView>
{
    public async Task<Answer<NoticeView>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken) =>
        (await services.Notices.Settings.FindAsync(call.Party, cancellationToken)).ToView();
}
