using FairShare.Local.DynamoDb.Model;

namespace FairShare.Local.DynamoDb.Expressions;

/// <summary>The parts of an item that an answer holds.</summary>
internal sealed class Projection(IReadOnlyList<DocumentPath> paths)
{
    public static Projection? Parse(ExpressionReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var paths = new List<DocumentPath> { reader.ReadPath() };
        while (reader.TakeSymbol(","))
        {
            paths.Add(reader.ReadPath());
        }

        reader.ExpectEnd();
        PathOverlap.Refuse(reader, paths);
        return new Projection(paths);
    }

    public Item Apply(Item item)
    {
        var root = new MapValue([]);
        foreach (var path in paths)
        {
            if (path.Find(item) is { } value)
            {
                Put(root, path.Elements, value);
            }
        }

        return new Item(root.Members);
    }

    /// <summary>Builds the way to the value anew; list elements close up in the order asked.</summary>
    private static void Put(AttributeValue parent, IReadOnlyList<PathElement> elements, AttributeValue value)
    {
        for (var depth = 0; depth < elements.Count; depth++)
        {
            var isLast = depth == elements.Count - 1;
            AttributeValue child = isLast ? value : elements[depth + 1].Name is null ? new ListValue([]) : new MapValue([]);
            switch (parent)
            {
                case MapValue map when isLast || !map.Members.TryGetValue(elements[depth].Name!, out parent!):
                    map.Members[elements[depth].Name!] = parent = child;
                    break;
                case ListValue list:
                    list.Items.Add(parent = child);
                    break;
            }
        }
    }
}
