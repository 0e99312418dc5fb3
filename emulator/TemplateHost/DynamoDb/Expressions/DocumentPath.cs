using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <param name="Name">The member's name; null for a list element.</param>
/// <param name="Index">The list element's index, where there is no name.</param>
internal readonly record struct PathElement(string? Name, int Index)
{
    public override string ToString() => Name ?? $"[{Index}]";
}

/// <summary>The way to a value inside an item.</summary>
internal sealed class DocumentPath(IReadOnlyList<PathElement> elements)
{
    public IReadOnlyList<PathElement> Elements => elements;

    /// <summary>The attribute that the path starts at.</summary>
    public string Root => elements[0].Name!;

    public bool IsAttribute => elements.Count == 1;

    public AttributeValue? Find(Item? item) =>
        item is null ? null
        : FindParent(item) is { } parent ? Child(parent, elements[^1])
        : null;

    /// <summary>Puts a value there; a list index beyond the end appends.</summary>
    /// <exception cref="Kernel.AwsException">ValidationException: there is nothing to hold it.</exception>
    public void Set(Item item, AttributeValue value)
    {
        switch (FindParent(item), elements[^1])
        {
            case (MapValue map, { Name: { } name }):
                map.Members[name] = value;
                break;
            case (ListValue list, { Name: null, Index: var index }) when index < list.Items.Count:
                list.Items[index] = value;
                break;
            case (ListValue list, { Name: null }):
                list.Items.Add(value);
                break;
            default:
                throw Invalid.Request("The document path provided in the update expression is invalid for update");
        }
    }

    /// <exception cref="Kernel.AwsException">ValidationException: the way there does not exist.</exception>
    public void Remove(Item item)
    {
        switch (FindParent(item), elements[^1])
        {
            case (MapValue map, { Name: { } name }):
                map.Members.Remove(name);
                break;
            case (ListValue list, { Name: null, Index: var index }):
                if (index < list.Items.Count)
                {
                    list.Items.RemoveAt(index);
                }

                break;
            default:
                throw Invalid.Request("The document path provided in the update expression is invalid for update");
        }
    }

    /// <summary>Whether one path leads to or into what the other leads to.</summary>
    public bool Overlaps(DocumentPath other) => elements.Zip(other.Elements).All(pair => pair.First == pair.Second);

    /// <summary>Whether the paths treat one value as a map and as a list.</summary>
    public bool Conflicts(DocumentPath other)
    {
        var same = elements.Zip(other.Elements).TakeWhile(pair => pair.First == pair.Second).Count();
        return same < elements.Count && same < other.Elements.Count && elements[same].Name is null != other.Elements[same].Name is null;
    }

    public override string ToString() => $"[{string.Join(", ", elements)}]";

    private AttributeValue? FindParent(Item item)
    {
        AttributeValue? value = new MapValue(item.Attributes);
        for (var depth = 0; depth < elements.Count - 1 && value is not null; depth++)
        {
            value = Child(value, elements[depth]);
        }

        return value;
    }

    private static AttributeValue? Child(AttributeValue parent, PathElement element) =>
        (parent, element.Name) switch
        {
            (MapValue map, { } name) => map.Members.GetValueOrDefault(name),
            (ListValue list, null) when element.Index < list.Items.Count => list.Items[element.Index],
            _ => null,
        };
}
