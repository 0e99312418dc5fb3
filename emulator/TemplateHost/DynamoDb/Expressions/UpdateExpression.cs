using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>An update as a whole.</summary>
internal sealed class UpdateExpression(IReadOnlyList<UpdateAction> actions)
{
    public static UpdateExpression Nothing { get; } = new([]);

    /// <summary>The attributes that it touches, in whole or in part.</summary>
    public IEnumerable<string> Roots => actions.Select(action => action.Path.Root).Distinct();

    public IEnumerable<DocumentPath> Paths => actions.Select(action => action.Path);

    /// <summary>The item after the update; all actions see the item as it was before.</summary>
    public Item Apply(Item old)
    {
        var changes = actions
            .OrderBy(action => action is RemoveAction)
            .ThenByDescending(action => action is RemoveAction ? action.Path.Elements[^1].Index : 0)
            .Select(action => action.Prepare(old))
            .ToList();
        var item = old.Copy();
        changes.ForEach(change => change(item));
        return new Item(item.Attributes);
    }
}
