using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Walks one page: until the limit, 1 MB of evaluated items, or the end.</summary>
internal sealed class PageReader(StoreSession session, ItemRange range, PageRequest request)
{
    private const int LargestPage = 1 << 20;
    private const int Stride = 128;

    private readonly List<Item> found = [];
    private readonly TableDefinition table = range.Table.Definition;
    private long evaluatedSize;
    private int evaluatedCount;
    private PositionedItem? last;

    public PageResult Read()
    {
        var more = true;
        var position = request.After;
        while (more)
        {
            var block = range.Read(session, position, Math.Min(Stride, request.Limit - evaluatedCount ?? Stride));
            more = block.TrueForAll(Evaluate) && block.Count == Stride;
            position = block.Count > 0 ? block[^1].Position : null;
        }

        var stopped = evaluatedCount == request.Limit || evaluatedSize > LargestPage;
        return new PageResult(found, evaluatedCount, evaluatedSize, stopped && last is not null ? KeyOf(last.Item) : null);
    }

    /// <summary>Takes an item in; false when the page is full with it.</summary>
    private bool Evaluate(PositionedItem candidate)
    {
        if (request.Segment?.Holds(candidate.Position.Key.Hash) == false)
        {
            return true;
        }

        var item = request.WholeItems ? candidate.Item : range.Index!.Project(candidate.Item, table.Keys)!;
        last = candidate;
        evaluatedCount++;
        evaluatedSize += item.Size;
        if (request.Filter?.Holds(item) ?? true)
        {
            found.Add(request.Projection?.Apply(item) ?? item);
        }

        return evaluatedCount != request.Limit && evaluatedSize <= LargestPage;
    }

    private Item KeyOf(Item item) => item.Only([.. table.Keys.Attributes, .. range.Index?.Keys.Attributes ?? []]);
}

/// <param name="LastEvaluatedKey">Where the next page goes on; null at the end.</param>
internal sealed record PageResult(IReadOnlyList<Item> Items, int EvaluatedCount, long EvaluatedSize, Item? LastEvaluatedKey);
