using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Contracts.Webhooks;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Webhooks;

/// <summary>The calls about webhooks: who serves them, and with what rights.</summary>
internal static class WebhookModule
{
    private static readonly Right CountUsage = Right.Items(Partitions.Usage, "UpdateItem");
    private static readonly Right ReadEndpoint = OfEndpoints("GetItem");

    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(
            WebhookRoutes.CreateWebhook,
            services => new CreateWebhook(services),
            OfEndpoints("Query", "GetItem", "PutItem", "UpdateItem"),
            CountUsage,
            Right.Use(ServiceUse.DeriveWebhookSecrets)
        ),
        ModuleRoute.Of(WebhookRoutes.ListWebhooks, services => new ListWebhooks(services), OfEndpoints("Query")),
        ModuleRoute.Of(WebhookRoutes.DeleteWebhook, services => new DeleteWebhook(services), OfEndpoints("GetItem", "DeleteItem")),
        ModuleRoute.Of(
            WebhookRoutes.VerifyWebhook,
            services => new VerifyWebhook(services),
            OfEndpoints("GetItem", "UpdateItem"),
            CountUsage,
            Right.Use(ServiceUse.DeriveWebhookSecrets),
            Right.Use(ServiceUse.AssumePartnerRoles)
        ),
        ModuleRoute.Of(
            WebhookRoutes.RotateWebhook,
            services => new RotateWebhook(services),
            OfEndpoints("GetItem", "UpdateItem"),
            CountUsage,
            Right.Use(ServiceUse.DeriveWebhookSecrets)
        ),
        ModuleRoute.Of(
            WebhookRoutes.ListWebhookDeliveries,
            services => new ListWebhookDeliveries(services),
            ReadEndpoint,
            OfDeliveries("BatchGetItem"),
            Right.Index(WebhookIndexes.DeliveriesByWebhook.Name) with
            {
                Store = DataStore.Webhooks,
            }
        ),
        ModuleRoute.Of(
            WebhookRoutes.ReplayWebhookDelivery,
            services => new ReplayWebhookDelivery(services),
            ReadEndpoint,
            OfDeliveries("GetItem", "PutItem"),
            CountUsage,
            Right.Use(ServiceUse.OrderDeliveries)
        ),
    ];

    private static Right OfEndpoints(params string[] actions) =>
        Right.Items(WebhookPartitions.Party, actions) with
        {
            Store = DataStore.Webhooks,
        };

    private static Right OfDeliveries(params string[] actions) =>
        Right.Items(WebhookPartitions.Webhook, actions) with
        {
            Store = DataStore.Webhooks,
        };
}
