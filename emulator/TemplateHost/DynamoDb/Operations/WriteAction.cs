using TemplateHost.DynamoDb.Expressions;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>One write of one item, alone or within a transaction.</summary>
/// <param name="KeyItem">The item's key, or more of the item.</param>
/// <param name="Permission">The IAM action that it takes, without its prefix: <c>PutItem</c>, <c>ConditionCheckItem</c>, ….</param>
/// <param name="Condition">What must hold of the item before; null holds always.</param>
/// <param name="ReturnsOldOnFailure">Whether a failed condition shows the item.</param>
internal abstract record WriteAction(
    StoredTable Table,
    KeyValues Key,
    Item KeyItem,
    string Permission,
    ConditionNode? Condition,
    bool ReturnsOldOnFailure
)
{
    /// <summary>The item afterwards; null when there is none.</summary>
    public abstract Item? Apply(Item? before);
}

internal sealed record PutAction(StoredTable Table, KeyValues Key, Item Item, ConditionNode? Condition, bool ReturnsOldOnFailure)
    : WriteAction(Table, Key, Item, "PutItem", Condition, ReturnsOldOnFailure)
{
    public override Item Apply(Item? before) => Item;
}

internal sealed record DeleteAction(StoredTable Table, KeyValues Key, Item KeyItem, ConditionNode? Condition, bool ReturnsOldOnFailure)
    : WriteAction(Table, Key, KeyItem, "DeleteItem", Condition, ReturnsOldOnFailure)
{
    public override Item? Apply(Item? before) => null;
}

internal sealed record CheckAction(StoredTable Table, KeyValues Key, Item KeyItem, ConditionNode? Condition, bool ReturnsOldOnFailure)
    : WriteAction(Table, Key, KeyItem, "ConditionCheckItem", Condition, ReturnsOldOnFailure)
{
    public override Item? Apply(Item? before) => before;
}

/// <param name="KeyItem">The key as given: an update of an item that does not exist makes one with it.</param>
internal sealed record UpdateItemAction(
    StoredTable Table,
    KeyValues Key,
    Item KeyItem,
    UpdateExpression Update,
    ConditionNode? Condition,
    bool ReturnsOldOnFailure
) : WriteAction(Table, Key, KeyItem, "UpdateItem", Condition, ReturnsOldOnFailure)
{
    public override Item Apply(Item? before) => Update.Apply(before ?? KeyItem);
}
