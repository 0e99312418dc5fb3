using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Webhooks;

/// <summary>Lists what was sent to an endpoint, what waits, and what could not be delivered.</summary>
internal sealed class ListWebhookDeliveries(FunctionServices services) : IRouteHandler<WebhookId, None, WebhookDeliveryPage>
{
    public async Task<Answer<WebhookDeliveryPage>> HandleAsync(ApiCall<WebhookId, None> call, CancellationToken cancellationToken)
    {
        var wanted = call.ReadPage();
        var webhook = await services.RequireWebhookAsync(call.Party, call.Subject, cancellationToken);
        var page = await services.Webhooks.Deliveries.ListAsync(webhook.Id, wanted, cancellationToken);
        return new WebhookDeliveryPage([.. page.Entries.Select(delivery => delivery.ToView())], page.Cursor);
    }
}
