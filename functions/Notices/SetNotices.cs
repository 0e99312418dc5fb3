using FairShare.Aws.Notices;
using FairShare.Contracts.Http;
using FairShare.Contracts.Notices;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Notices;

/// <summary>
/// Takes an address, and has a code mailed to it: whoever knows the code reads the address. Until then what was confirmed before stands.
/// Each further code waits longer, and a mailbox gets few in a day whoever asks, so that nobody can fill a stranger's.
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
        var setting = await services.Notices.Settings.FindAsync(call.Party, cancellationToken);
        var standing = await services.Notices.Settings.FindPendingAsync(call.Party, cancellationToken);
        if (setting?.Address == address)
        {
            var changed = setting with { About = about };
            Require(await services.Notices.Settings.TryReplaceAsync(changed, cancellationToken));
            return NoticeViews.Of(changed, standing, services.Time.GetUtcNow());
        }

        var asked = await AskAsync(call.Party, address, about, standing, cancellationToken);
        return NoticeViews.Of(setting, asked, asked.AskedAt);
    }

    private static (EmailAddress Address, IReadOnlyList<string> About) Read(NoticeRequest request)
    {
        string[] about = [.. Kinds.Where(request.About.Contains)];
        return about.Length > 0 && about.Length == request.About.Count
            ? (EmailAddress.Parse(request.Address), about)
            : throw CommonProblems.InvalidRequest.With($"Notices are about {string.Join(" or ", Kinds)}, or both.");
    }

    private async Task<PendingNotices> AskAsync(
        PartyId party,
        EmailAddress address,
        IReadOnlyList<string> about,
        PendingNotices? standing,
        CancellationToken cancellationToken
    )
    {
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        RequireNotBefore(standing?.AskableAt ?? now, now);
        var codes = await services.Notices.Settings.CountCodeAsync(address, now, cancellationToken);
        RequireNotBefore(codes.IsExceeded ? codes.Until : now, now);
        var code = NoticeCode.New(services.Randomness);
        var asked = new PendingNotices
        {
            Party = party,
            Address = address,
            About = about,
            CodeHash = NoticeCode.HashOf(code),
            AskedAt = now,
            Asked = standing?.NextAsked(now) ?? 1,
        };
        // Handed on before it is noted: where the bus refuses it nothing has changed, and a code that is not noted is not mailed.
        await services.Messages.SendNoticeCodeAsync(party, code, now, cancellationToken);
        Require(await services.Notices.Settings.TryAskAsync(asked, standing, codes, cancellationToken));
        return asked;
    }

    private static void RequireNotBefore(DateTimeOffset time, DateTimeOffset now)
    {
        if (time > now)
        {
            throw NoticeProblems.TooSoon.With($"Another code can be mailed at {Timestamp.Format(time)}.");
        }
    }

    private static void Require(bool isWritten)
    {
        if (!isWritten)
        {
            throw CommonProblems.Busy.With("Another call about these notices was faster; repeat the request.");
        }
    }
}
