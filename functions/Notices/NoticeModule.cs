using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Contracts.Notices;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Notices;

/// <summary>The calls about notices: who serves them, and with what rights. What sends them is a stack of its own.</summary>
internal static class NoticeModule
{
    private static readonly Right CountUsage = Right.Items(Partitions.Usage, "UpdateItem");

    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(NoticeRoutes.GetNotices, services => new GetNotices(services), OfSettings("GetItem")),
        ModuleRoute.Of(
            NoticeRoutes.SetNotices,
            services => new SetNotices(services),
            OfSettings("GetItem", "PutItem"),
            CountUsage,
            Right.Use(ServiceUse.KnowNotices),
            Right.Use(ServiceUse.SendToParties)
        ),
        ModuleRoute.Of(NoticeRoutes.ConfirmNotices, services => new ConfirmNotices(services), OfSettings("GetItem", "PutItem"), CountUsage),
        ModuleRoute.Of(NoticeRoutes.EndNotices, services => new EndNotices(services), OfSettings("GetItem", "PutItem")),
        ModuleRoute.Of(NoticeRoutes.Unsubscribe, services => new Unsubscribe(services), OfSettings("GetItem", "PutItem")),
    ];

    private static Right OfSettings(params string[] actions) =>
        Right.Items(WebhookPartitions.Party, actions) with
        {
            Store = DataStore.Webhooks,
        };
}
