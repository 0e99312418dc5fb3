using FairShare.Aws.Notices;
using FairShare.Contracts.Notices;

namespace FairShare.Functions.Notices;

/// <summary>Notices as answers show them.</summary>
internal static class NoticeViews
{
    /// <summary>What is shown where there are none.</summary>
    public static NoticeView Off { get; } = new("Off", []);

    /// <param name="setting">The notices; null for none.</param>
    /// <param name="pending">What a code was mailed for; null for nothing.</param>
    /// <param name="now">The time: a code that is good no more is not shown.</param>
    public static NoticeView Of(NoticeSetting? setting, PendingNotices? pending, DateTimeOffset now)
    {
        var asked = pending?.IsGood(now) == true ? pending : null;
        return setting is not null ? new("Active", setting.About, setting.Address.ToString(), asked?.Address.ToString())
            : asked is not null ? new("Pending", asked.About, asked.Address.ToString())
            : Off;
    }
}
