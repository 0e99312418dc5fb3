using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Webhooks;

/// <summary>Removes an endpoint. What waits for it is not sent; what was sent is forgotten with its time.</summary>
internal sealed class DeleteWebhook(FunctionServices services) : IRouteHandler<WebhookId, None, WebhookRemoval>
{
    public async Task<Answer<WebhookRemoval>> HandleAsync(ApiCall<WebhookId, None> call, CancellationToken cancellationToken)
    {
        var webhook = await services.RequireWebhookAsync(call.Party, call.Subject, cancellationToken);
        await services.Webhooks.Endpoints.DeleteAsync(call.Party, webhook.Id, cancellationToken);
        return new WebhookRemoval(webhook.Id.ToString());
    }
}
