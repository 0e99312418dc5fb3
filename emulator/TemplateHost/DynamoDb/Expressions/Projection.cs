using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Expressions;

/// <summary>The parts of an item that an answer holds.</summary>
internal sealed class Projection(IReadOnlyList<DocumentPath> paths)
{
    private readonly ProjectionTree tree = new(paths);

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

    public Item Apply(Item item) => new(tree.Members(new MapValue(item.Attributes)));
}
