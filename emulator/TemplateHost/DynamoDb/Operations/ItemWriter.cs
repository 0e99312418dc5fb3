using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Carries out writes within one transaction of the store.</summary>
internal sealed class ItemWriter(StoreSession session, DateTimeOffset now)
{
    /// <exception cref="ConditionFailedException">The action's condition does not hold; nothing was written.</exception>
    public WriteOutcome Write(WriteAction action)
    {
        var items = new ItemTable(session, action.Table, now);
        var before = items.Get(action.Key);
        if (action.Condition is { } condition && !condition.Holds(before))
        {
            throw new ConditionFailedException(action.ReturnsOldOnFailure ? before : null);
        }

        var after = action.Apply(before);
        if (action is CheckAction)
        {
            var checkedOnly = new Capacity();
            checkedOnly.Add(Capacity.WriteUnits(before?.Size ?? 0));
            return new WriteOutcome(before, after, checkedOnly);
        }

        if (after is not null)
        {
            ItemRules.Demand(action.Table.Definition, after, isUpdate: action is UpdateItemAction);
        }

        return new WriteOutcome(before, after, items.Replace(action.Key, before, after));
    }
}

internal sealed record WriteOutcome(Item? Before, Item? After, Capacity Capacity);

/// <summary>A condition that does not hold.</summary>
/// <param name="item">The item, where the request wants to see it.</param>
internal sealed class ConditionFailedException(Item? item) : Exception("The conditional request failed")
{
    public Item? Item => item;
}
