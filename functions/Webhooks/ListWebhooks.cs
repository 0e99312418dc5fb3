using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Webhooks;

/// <summary>Lists the caller's endpoints.</summary>
internal sealed class ListWebhooks(FunctionServices services) : IRouteHandler<None, None, WebhookList>
{
    public async Task<Answer<WebhookList>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var wanted = call.ReadPage();
        var webhooks = await services.Webhooks.Endpoints.ListAsync(call.Party, cancellationToken);
        var page = WholeLists.Cut(webhooks, wanted, webhook => $"{Timestamp.Format(webhook.CreatedAt)} {webhook.Id}");
        return new WebhookList([.. page.Entries.Select(webhook => webhook.ToView(services.Time.GetUtcNow()))], page.Cursor);
    }
}
