using FairShare.Aws.Notices;
using FairShare.Contracts.Notices;

namespace FairShare.Functions.Notices;

/// <summary>Notices as answers show them.</summary>
internal static class NoticeViews
{
    /// <summary>What is shown where there are none.</summary>
    public static NoticeView Off { get; } = new("Off", []);

    public static NoticeView ToView(this NoticeSetting? setting) =>
        setting is null or { IsEnded: true }
            ? Off
            : new(setting.IsConfirmed ? "Active" : "Pending", setting.About, setting.Address.ToString());
}
