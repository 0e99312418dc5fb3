using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>When parties were mailed, in the table of webhooks.</summary>
/// <param name="table">The table.</param>
public sealed class MailingRepository(ItemTable table)
{
    /// <summary>Reads when a party was mailed about a kind; one that never was has an empty record.</summary>
    public async Task<Mailing> ReadAsync(WebhookId notices, string kind, CancellationToken cancellationToken)
    {
        var item = await table.GetAsync(WebhookItemKeys.Mailing(notices, kind), cancellationToken);
        return new()
        {
            Notices = notices,
            Kind = kind,
            MailedAt = item?.OptionalTime("mailedAt"),
            ClaimedBy = item?.OptionalText("claimedBy"),
            ClaimedUntil = item?.OptionalTime("claimedUntil"),
        };
    }

    /// <summary>Puts a claim in the place of what was read.</summary>
    /// <returns>False when something else stands; then nothing has changed.</returns>
    public Task<bool> TryClaimAsync(Mailing claimed, Mailing standing, CancellationToken cancellationToken)
    {
        var item = Write(claimed);
        return standing switch
        {
            { ClaimedUntil: { } until } => table.TryPutAsync(item, "claimedUntil = :until", Value(":until", until), cancellationToken),
            { MailedAt: { } at } => table.TryPutAsync(
                item,
                "mailedAt = :at AND attribute_not_exists(claimedUntil)",
                Value(":at", at),
                cancellationToken
            ),
            _ => table.TryCreateAsync(item, cancellationToken),
        };
    }

    /// <summary>Notes a mail that was sent under a claim.</summary>
    public Task NoteAsync(Mailing mailed, CancellationToken cancellationToken) => table.PutAsync(Write(mailed), cancellationToken);

    private static Dictionary<string, AttributeValue> Value(string name, DateTimeOffset time) =>
        new() { [name] = new AttributeValue(Timestamp.Format(time)) };

    private static Item Write(Mailing mailing) =>
        new Item(WebhookItemKeys.Mailing(mailing.Notices, mailing.Kind))
            .With("mailedAt", mailing.MailedAt)
            .With("claimedBy", mailing.ClaimedBy)
            .With("claimedUntil", mailing.ClaimedUntil)
            .With("removeAt", ((mailing.ClaimedUntil ?? mailing.MailedAt) + DeliveryRecord.Kept)?.ToUnixTimeSeconds());
}
