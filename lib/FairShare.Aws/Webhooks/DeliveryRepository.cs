using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Webhooks;

/// <summary>What is delivered to endpoints, in the table of webhooks.</summary>
/// <param name="table">The table.</param>
public sealed class DeliveryRepository(ItemTable table)
{
    /// <summary>Finds a delivery.</summary>
    /// <returns>Null where the endpoint was sent no such message.</returns>
    public async Task<DeliveryRecord?> FindAsync(WebhookId webhook, string messageId, CancellationToken cancellationToken) =>
        await table.GetAsync(WebhookItemKeys.Delivery(webhook, messageId), cancellationToken) is { } item
            ? WebhookItems.ReadDelivery(item)
            : null;

    /// <summary>Notes a message that has come for an endpoint.</summary>
    /// <returns>False when it was noted before; then nothing has changed.</returns>
    public Task<bool> TryNoteAsync(DeliveryRecord delivery, CancellationToken cancellationToken) =>
        table.TryCreateAsync(WebhookItems.Write(delivery), cancellationToken);

    /// <summary>
    /// Puts a delivery in the place of what stands. Two that handle one message at once send it twice; either's note is true.
    /// </summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="startedAt">Since when that is attempted which stands.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when it was replayed meanwhile, or is gone; then nothing has changed.</returns>
    public Task<bool> TryReplaceAsync(DeliveryRecord delivery, DateTimeOffset startedAt, CancellationToken cancellationToken) =>
        table.TryPutAsync(
            WebhookItems.Write(delivery),
            "startedAt = :startedAt",
            new() { [":startedAt"] = new AttributeValue(Timestamp.Format(startedAt)) },
            cancellationToken
        );

    /// <summary>A page of what was sent to an endpoint, newest message first.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-cursor</c>.</exception>
    public async Task<Page<DeliveryRecord>> ListAsync(WebhookId webhook, PageRequest wanted, CancellationToken cancellationToken)
    {
        var source = new MergedListing.Source(WebhookIndexes.DeliveriesByWebhook, webhook.ToString());
        var page = await MergedListing.ReadAsync(table, [source], wanted, cancellationToken);
        var items = (await table.BatchGetAsync(page.Entries, cancellationToken)).ToDictionary(item => item.Key, WebhookItems.ReadDelivery);
        return new([.. page.Entries.Where(items.ContainsKey).Select(key => items[key])], page.Cursor);
    }
}
