using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Expressions;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>What a Query or Scan wants of the items it walks over.</summary>
internal sealed record PageRequest(
    ConditionNode? Filter,
    Projection? Projection,
    bool CountOnly,
    bool Consistent,
    bool WholeItems,
    int? Limit,
    ItemPosition? After
)
{
    public ScanSegment? Segment { get; init; }

    /// <param name="keyAttributes">Attributes that a filter may not speak of.</param>
    public static PageRequest Read(
        JsonObject input,
        ExpressionScope scope,
        TableDefinition table,
        IndexDefinition? index,
        IReadOnlyList<string> keyAttributes
    )
    {
        var filterReader = scope.Open(input, "FilterExpression");
        var filter = ConditionParser.Parse(filterReader);
        if (keyAttributes.FirstOrDefault(name => filterReader?.Roots.Contains(name) == true) is { } key)
        {
            throw Invalid.Request($"Filter Expression can only contain non-primary key attributes: Primary key attribute: {key}");
        }

        var projection = Projection.Parse(scope.Open(input, "ProjectionExpression"));
        var select = input["Select"]?.ToString();
        DemandSelect(select, projection, index);
        var limit = input["Limit"]?.GetValue<int>();
        if (limit < 1)
        {
            throw Invalid.Request(
                $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value "
                    + "greater than or equal to 1"
            );
        }

        return new PageRequest(
            filter,
            projection,
            select == "COUNT",
            input["ConsistentRead"]?.GetValue<bool>() ?? false,
            index is null || select == "ALL_ATTRIBUTES",
            limit,
            input["ExclusiveStartKey"] is JsonObject start ? PositionOf(Item.Read(start), table, index) : null
        );
    }

    private static void DemandSelect(string? select, Projection? projection, IndexDefinition? index)
    {
        if (select == "ALL_ATTRIBUTES" && index is { IsLocal: false, Projection: not "ALL" })
        {
            throw Invalid.Parameter(
                $"Select type ALL_ATTRIBUTES is not supported for global secondary index {index.Name} because its projection "
                    + "type is not ALL"
            );
        }

        if (projection is null && select == "SPECIFIC_ATTRIBUTES")
        {
            throw Invalid.Request("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        }

        if (projection is not null && select is not (null or "SPECIFIC_ATTRIBUTES"))
        {
            throw Invalid.Request($"Cannot specify the ProjectionExpression when choosing to get {select}");
        }
    }

    private static ItemPosition PositionOf(Item start, TableDefinition table, IndexDefinition? index)
    {
        var names = table.Keys.Attributes.Concat(index?.Keys.Attributes ?? []).Distinct().ToList();
        if (start.Attributes.Count != names.Count || !names.TrueForAll(name => start[name]?.Type == table.AttributeTypes[name]))
        {
            throw Invalid.Request("The provided starting key is invalid");
        }

        var own = KeyValues.OfItem(table, start);
        return new ItemPosition(index is null ? own : IndexBuilder.KeyIn(table, index, start)!, own);
    }
}
