using FairShare.Aws.Notices;
using FairShare.Contracts.Http;
using FairShare.Contracts.Notices;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Notices;

/// <summary>
/// Takes an address, and has a code mailed to it: whoever knows the code reads the address. Each further code waits longer, so that one
/// account cannot fill a stranger's mailbox.
/// </summary>
internal sealed class SetNotices(FunctionServices services) : IRouteHandler<None, NoticeRequest, NoticeView>
{
    private static readonly string[] Kinds = [NoticeSetting.Documents, NoticeSetting.Endings];

    public async Task<Answer<NoticeView>> HandleAsync(ApiCall<None, NoticeRequest> call, CancellationToken cancellationToken)
    {
        var (address, about) = Read(call.Request);
        if (!services.Settings.SendsNotices)
        {
            throw NoticeProblems.Off.With("Ask the inbox, or register a webhook.");
        }

        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var standing = await services.Notices.Settings.FindAsync(call.Party, cancellationToken);
        return standing is { IsConfirmed: true } && standing.Address == address
            ? await PutAsync(standing with { About = about }, standing, cancellationToken)
            : await AskAsync(call.Party, address, about, standing, cancellationToken);
    }

    private static (EmailAddress Address, IReadOnlyList<string> About) Read(NoticeRequest request)
    {
        string[] about = [.. Kinds.Where(request.About.Contains)];
        return about.Length > 0 && about.Length == request.About.Count
            ? (EmailAddress.Parse(request.Address), about)
            : throw CommonProblems.InvalidRequest.With($"Notices are about {string.Join(" or ", Kinds)}, or both.");
    }

    private async Task<NoticeView> AskAsync(
        PartyId party,
        EmailAddress address,
        IReadOnlyList<string> about,
        NoticeSetting? standing,
        CancellationToken cancellationToken
    )
    {
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        if (standing?.AskableAt > now)
        {
            throw NoticeProblems.TooSoon.With($"Another code can be mailed at {Timestamp.Format(standing.AskableAt)}.");
        }

        var code = NoticeCode.New(services.Randomness);
        var asked = new NoticeSetting
        {
            Party = party,
            Address = address,
            About = about,
            Token = NoticeToken.New(party, services.Randomness),
            CodeHash = NoticeCode.HashOf(code),
            AskedAt = now,
            Asked = standing?.NextAsked(now) ?? 1,
        };
        var view = await PutAsync(asked, standing, cancellationToken);
        await services.Messages.SendNoticeCodeAsync(party, code, cancellationToken);
        return view;
    }

    private async Task<NoticeView> PutAsync(NoticeSetting setting, NoticeSetting? standing, CancellationToken cancellationToken) =>
        await services.Notices.Settings.TryPutAsync(setting, standing, cancellationToken)
            ? setting.ToView()
            : throw CommonProblems.Busy.With("Another call about these notices was faster; repeat the request.");
}
