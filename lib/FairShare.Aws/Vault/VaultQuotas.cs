using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Vault;

/// <summary>Counts what is stored, in the same transactions that store and erase it.</summary>
internal static class VaultQuotas
{
    private static readonly TimeSpan BudgetKept = TimeSpan.FromDays(2);

    /// <summary>Reserves room for an item, where there is any.</summary>
    /// <param name="record">The item.</param>
    /// <param name="limits">What may be stored; no less than the item's size.</param>
    public static TableWrite.Change Reserve(VaultRecord record, VaultLimits limits)
    {
        const string Room = "attribute_not_exists(storedItems) OR (storedBytes <= :left AND storedItems < :most)";
        var values = new Dictionary<string, AttributeValue>
        {
            [":bytes"] = VaultItems.Number(record.Size),
            [":one"] = VaultItems.Number(1),
            [":left"] = VaultItems.Number(limits.Bytes - record.Size),
            [":most"] = VaultItems.Number(limits.Items),
        };
        if (record.Party is { } party)
        {
            return new(VaultItemKeys.Quota(party), "ADD storedBytes :bytes, storedItems :one", Room, values);
        }

        // What nobody signed in for is not given back: it is a day's budget.
        values[":removeAt"] = VaultItems.Number(VaultItems.Seconds(record.CreatedAt + BudgetKept));
        var update = $"SET {VaultItems.RemoveAt} = :removeAt ADD storedBytes :bytes, storedItems :one";
        return new(VaultItemKeys.Budget(Timestamp.Format(record.CreatedAt)[..10]), update, Room, values);
    }

    /// <summary>Gives back what an item takes up, or a part of it.</summary>
    public static IEnumerable<TableWrite> Release(PartyId? party, long bytes, int items) =>
        party is { } known && (bytes, items) != (0, 0)
            ?
            [
                new TableWrite.Change(
                    VaultItemKeys.Quota(known),
                    "ADD storedBytes :bytes, storedItems :items",
                    "storedItems > :none",
                    new()
                    {
                        [":bytes"] = VaultItems.Number(-bytes),
                        [":items"] = VaultItems.Number(-items),
                        [":none"] = VaultItems.Number(0),
                    }
                ),
            ]
            : [];
}
