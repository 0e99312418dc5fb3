using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Expressions;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Query and Scan, of tables and indexes.</summary>
internal sealed class QueryOperations(HostContext context, TableCatalog tables, TableAccess access)
{
    private readonly WriteActionReader reader = new(tables);

    public Task<JsonObject> QueryAsync(JsonCall call)
    {
        var (table, index) = Target(call.Input);
        var keys = index?.Keys ?? table.Definition.Keys;
        var scope = new ExpressionScope(call.Input);
        var condition =
            ConditionParser.Parse(scope.Open(call.Input, "KeyConditionExpression"))
            ?? throw Invalid.Request("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        var forward = call.Input["ScanIndexForward"]?.GetValue<bool>() ?? true;
        var range = new KeyCondition(keys, table.Definition.AttributeTypes).Parse(condition, table, index, forward);
        var page = PageRequest.Read(call.Input, scope, table.Definition, index, keys.Attributes);
        scope.DemandAllUsed();
        var leading = new JsonObject { [table.Definition.Keys.Hash] = index is null ? LeadingKey(condition, keys.Hash) : null };
        access.Demand(call.Caller, "Query", table, [leading], AskedOf(call.Input, scope, page, index), index?.Name);
        return Task.FromResult(Run(call.Input, range, page));
    }

    public Task<JsonObject> ScanAsync(JsonCall call)
    {
        var (table, index) = Target(call.Input);
        var scope = new ExpressionScope(call.Input);
        var page = PageRequest.Read(call.Input, scope, table.Definition, index, []) with { Segment = ScanSegment.Read(call.Input) };
        scope.DemandAllUsed();
        access.Demand(call.Caller, "Scan", table, null, AskedOf(call.Input, scope, page, index), index?.Name);
        return Task.FromResult(Run(call.Input, new ItemRange(table, index, null, [], null, HighInclusive: false, Forward: true), page));
    }

    private static AskedAttributes AskedOf(JsonObject input, ExpressionScope scope, PageRequest page, IndexDefinition? index) =>
        AskedAttributes.Of(scope.Attributes, page.Projection is not null, input["Select"]?.ToString(), index is not null);

    private JsonObject Run(JsonObject input, ItemRange range, PageRequest page)
    {
        var result = context.Store.Read(session => new PageReader(session, range, page).Read());
        var capacity = new Capacity();
        if (range.Index is { } index)
        {
            capacity.AddIndex(index.Name, Capacity.ReadUnits(result.EvaluatedSize, page.Consistent));
        }
        else
        {
            capacity.Add(Capacity.ReadUnits(result.EvaluatedSize, page.Consistent));
        }

        access.MeterRead(capacity);
        var answer = new JsonObject { ["Count"] = result.Items.Count, ["ScannedCount"] = result.EvaluatedCount };
        if (!page.CountOnly)
        {
            answer["Items"] = new JsonArray([.. result.Items.Select(item => item.ToJson())]);
        }

        if (result.LastEvaluatedKey is { } last)
        {
            answer["LastEvaluatedKey"] = last.ToJson();
        }

        TableAccess.Report(answer, input, range.Table, capacity);
        return answer;
    }

    private (StoredTable Table, IndexDefinition? Index) Target(JsonObject input)
    {
        var table = reader.TableOf(input);
        if (input["IndexName"]?.ToString() is not { } name)
        {
            return (table, null);
        }

        var index = table.Definition.Index(name) ?? throw Invalid.Request($"The table does not have the specified index: {name}");
        return input["ConsistentRead"]?.GetValue<bool>() == true && !index.IsLocal
            ? throw Invalid.Request("Consistent reads are not supported on global secondary indexes")
            : (table, index);
    }

    private static JsonNode? LeadingKey(ConditionNode condition, string hash) =>
        condition switch
        {
            AndNode and => LeadingKey(and.Left, hash) ?? LeadingKey(and.Right, hash),
            ComparisonNode { Left: PathOperand { Path.Root: var root }, Right: ValueOperand { Value: var value } } when root == hash =>
                AttributeJson.Write(value),
            _ => null,
        };
}
