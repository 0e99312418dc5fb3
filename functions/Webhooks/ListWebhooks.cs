using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Webhooks;

/// <summary>Lists the caller's endpoints.</summary>
internal sealed class ListWebhooks(FunctionServices services) : IRouteHandler<None, None, WebhookList>
{
    public async Task<Answer<WebhookList>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var webhooks = await services.Webhooks.Endpoints.ListAsync(call.Party, cancellationToken);
        return new WebhookList([.. webhooks.Select(webhook => webhook.ToView(services.Time.GetUtcNow()))]);
    }
}
