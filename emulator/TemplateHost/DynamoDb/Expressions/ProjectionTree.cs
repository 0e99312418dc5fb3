using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>The paths of a projection as the part of a document that they cover.</summary>
internal sealed class ProjectionTree
{
    private readonly Dictionary<string, ProjectionTree> members = [];
    private readonly SortedDictionary<int, ProjectionTree> elements = [];

    public ProjectionTree(IEnumerable<DocumentPath> paths)
        : this()
    {
        foreach (var path in paths)
        {
            var tree = this;
            foreach (var element in path.Elements)
            {
                tree = tree.Child(element);
            }
        }
    }

    private ProjectionTree() { }

    /// <summary>What of a value lies under the paths, list elements in their own order; null when nothing does.</summary>
    public AttributeValue? Pick(AttributeValue value)
    {
        if (members.Count + elements.Count == 0)
        {
            return value;
        }

        return value switch
        {
            MapValue map => Members(map) is { Count: > 0 } picked ? new MapValue(picked) : null,
            ListValue list => Elements(list) is { Count: > 0 } picked ? new ListValue(picked) : null,
            _ => null,
        };
    }

    /// <summary>The members of a map that lie under the paths.</summary>
    public Dictionary<string, AttributeValue> Members(MapValue map)
    {
        var picked = new Dictionary<string, AttributeValue>();
        foreach (var (name, tree) in members)
        {
            if (map.Members.TryGetValue(name, out var value) && tree.Pick(value) is { } part)
            {
                picked[name] = part;
            }
        }

        return picked;
    }

    private List<AttributeValue> Elements(ListValue list) =>
        [
            .. elements
                .Where(element => element.Key < list.Items.Count)
                .Select(element => element.Value.Pick(list.Items[element.Key]))
                .OfType<AttributeValue>(),
        ];

    private ProjectionTree Child(PathElement element)
    {
        if (element.Name is { } name)
        {
            return members.TryGetValue(name, out var known) ? known : members[name] = new ProjectionTree();
        }

        return elements.TryGetValue(element.Index, out var tree) ? tree : elements[element.Index] = new ProjectionTree();
    }
}
