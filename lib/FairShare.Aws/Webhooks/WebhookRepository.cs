using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Webhooks;

/// <summary>Parties' endpoints, in the table of webhooks.</summary>
/// <param name="table">The table.</param>
public sealed class WebhookRepository(ItemTable table)
{
    private const string Count = "registrations";

    /// <summary>Finds an endpoint of a party.</summary>
    /// <returns>Null where the party has no such.</returns>
    public async Task<WebhookRecord?> FindAsync(PartyId party, WebhookId webhook, CancellationToken cancellationToken) =>
        await table.GetAsync(WebhookItemKeys.Endpoint(party, webhook), cancellationToken) is { } item
            ? WebhookItems.ReadWebhook(item)
            : null;

    /// <summary>A party's endpoints, in the order in which they were registered.</summary>
    public async Task<IReadOnlyList<WebhookRecord>> ListAsync(PartyId party, CancellationToken cancellationToken)
    {
        var items = await table.QueryAsync(WebhookItemKeys.PartyPartition(party), WebhookItemKeys.EndpointPrefix, cancellationToken);
        return [.. items.Select(WebhookItems.ReadWebhook).OrderBy(webhook => webhook.CreatedAt)];
    }

    /// <summary>How many endpoints a party has registered so far, removed ones included.</summary>
    public async Task<long> CountRegistrationsAsync(PartyId party, CancellationToken cancellationToken) =>
        (await table.GetAsync(WebhookItemKeys.Registrations(party), cancellationToken))?.OptionalNumber(Count) ?? 0;

    /// <summary>Registers an endpoint.</summary>
    /// <param name="webhook">The endpoint.</param>
    /// <param name="registrations">How many the party had registered before it was looked which there are.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when the id exists, or the party has registered another since; then nothing has changed.</returns>
    public Task<bool> TryCreateAsync(WebhookRecord webhook, long registrations, CancellationToken cancellationToken) =>
        table.TryTransactAsync(
            [
                new TableWrite.Create(WebhookItems.Write(webhook)),
                new TableWrite.Change(
                    WebhookItemKeys.Registrations(webhook.Party),
                    $"SET {Count} = :next",
                    $"attribute_not_exists(pk) OR {Count} = :present",
                    new()
                    {
                        [":next"] = new AttributeValue { N = $"{registrations + 1}" },
                        [":present"] = new AttributeValue { N = $"{registrations}" },
                    }
                ),
            ],
            cancellationToken
        );

    /// <summary>Removes an endpoint; one that does not exist is not missed.</summary>
    public Task DeleteAsync(PartyId party, WebhookId webhook, CancellationToken cancellationToken) =>
        table.DeleteAsync(WebhookItemKeys.Endpoint(party, webhook), cancellationToken);

    /// <summary>Has messages delivered to an endpoint from now on; a repeat changes nothing.</summary>
    /// <returns>False when it was removed meanwhile, whether or not another stands in its place.</returns>
    public Task<bool> TryActivateAsync(WebhookRecord webhook, CancellationToken cancellationToken) =>
        TryChangeAsync(
            webhook,
            "SET phase = :active REMOVE offReason",
            "attribute_exists(pk)",
            new() { [":active"] = new AttributeValue(nameof(WebhookPhase.Active)) },
            cancellationToken
        );

    /// <summary>Switches an active endpoint off.</summary>
    /// <returns>False when it is not active any more.</returns>
    public Task<bool> TrySwitchOffAsync(WebhookRecord webhook, string reason, CancellationToken cancellationToken) =>
        TryChangeAsync(
            webhook,
            "SET phase = :off, offReason = :reason",
            "phase = :active",
            new()
            {
                [":off"] = new AttributeValue(nameof(WebhookPhase.Off)),
                [":active"] = new AttributeValue(nameof(WebhookPhase.Active)),
                [":reason"] = new AttributeValue(reason),
            },
            cancellationToken
        );

    /// <summary>Gives an endpoint the next generation of its secret.</summary>
    /// <returns>False when it has another generation than the record, or was removed.</returns>
    public Task<bool> TryRotateAsync(WebhookRecord webhook, DateTimeOffset now, CancellationToken cancellationToken) =>
        TryChangeAsync(
            webhook,
            "SET generation = :next, rotatedAt = :now",
            "generation = :present",
            new()
            {
                [":next"] = new AttributeValue { N = $"{webhook.Generation + 1}" },
                [":present"] = new AttributeValue { N = $"{webhook.Generation}" },
                [":now"] = new AttributeValue(Timestamp.Format(now)),
            },
            cancellationToken
        );

    // An id comes again where its endpoint was removed and another registered under the same Idempotency-Key: that one is not meant.
    private async Task<bool> TryChangeAsync(
        WebhookRecord webhook,
        string update,
        string condition,
        Dictionary<string, AttributeValue> values,
        CancellationToken cancellationToken
    ) =>
        (
            await table.TryChangeAsync(
                new TableWrite.Change(
                    WebhookItemKeys.Endpoint(webhook.Party, webhook.Id),
                    update,
                    $"({condition}) AND createdAt = :createdAt AND address = :address",
                    new(values)
                    {
                        [":createdAt"] = new AttributeValue(Timestamp.Format(webhook.CreatedAt)),
                        [":address"] = new AttributeValue(webhook.Url),
                    }
                ),
                cancellationToken
            )
        ).Changed;
}
