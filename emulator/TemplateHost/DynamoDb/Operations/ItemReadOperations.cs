using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Expressions;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>
/// GetItem and BatchGetItem. One store serves all reads, so an eventually consistent one is never stale; it still costs half.
/// </summary>
internal sealed class ItemReadOperations(HostContext context, TableCatalog tables, TableAccess access)
{
    private const int LargestBatch = 100;

    private readonly WriteActionReader reader = new(tables);

    public Task<JsonObject> GetAsync(JsonCall call)
    {
        var (table, _, key) = reader.Keyed(call.Input);
        var (projection, asked) = ParseProjection(call.Input);
        access.Demand(call.Caller, "GetItem", table, [call.Input["Key"]], asked);
        var item = context.Store.Read(session => new ItemTable(session, table, context.Time.GetUtcNow()).Get(key));
        var capacity = new Capacity();
        capacity.Add(Capacity.ReadUnits(item?.Size ?? 0, IsConsistent(call.Input)));
        access.MeterRead(capacity);
        var answer = new JsonObject();
        if (item is not null)
        {
            answer["Item"] = (projection?.Apply(item) ?? item).ToJson();
        }

        TableAccess.Report(answer, call.Input, table, capacity);
        return Task.FromResult(answer);
    }

    public Task<JsonObject> BatchGetAsync(JsonCall call)
    {
        var requests = call.Input["RequestItems"] as JsonObject ?? throw Invalid.Request("The parameter 'RequestItems' is required.");
        if (requests.Sum(request => request.Value!["Keys"]!.AsArray().Count) > LargestBatch)
        {
            throw Invalid.Request("Too many items requested for the BatchGetItem call");
        }

        var (responses, consumed) = (new JsonObject(), new JsonArray());
        foreach (var (name, request) in requests)
        {
            var (items, capacity) = ReadBatch(call.Caller, tables.Get(name), (JsonObject)request!);
            responses[name] = items;
            consumed.Add(capacity.Describe(TableCatalog.NameOf(name), call.Input["ReturnConsumedCapacity"]?.ToString()));
        }

        var answer = new JsonObject { ["Responses"] = responses, ["UnprocessedKeys"] = new JsonObject() };
        if (consumed.Any(description => description is not null))
        {
            answer["ConsumedCapacity"] = consumed;
        }

        return Task.FromResult(answer);
    }

    public static (Projection? Projection, AskedAttributes Asked) ParseProjection(JsonObject input)
    {
        var scope = new ExpressionScope(input);
        var projection = Projection.Parse(scope.Open(input, "ProjectionExpression"));
        scope.DemandAllUsed();
        return (projection, AskedAttributes.Of(scope.Attributes, projection is not null, null));
    }

    private (JsonArray Items, Capacity Capacity) ReadBatch(Caller caller, StoredTable table, JsonObject request)
    {
        var (projection, asked) = ParseProjection(request);
        var keys = request["Keys"]!.AsArray().Select(key => KeyValues.OfKey(table.Definition, Item.Read(key))).ToList();
        if (keys.Distinct().Count() != keys.Count)
        {
            throw Invalid.Request("Provided list of item keys contains duplicates");
        }

        access.Demand(caller, "BatchGetItem", table, request["Keys"]!.AsArray(), asked);
        var items = context.Store.Read(session => keys.ConvertAll(new ItemTable(session, table, context.Time.GetUtcNow()).Get));
        var capacity = new Capacity();
        items.ForEach(item => capacity.Add(Capacity.ReadUnits(item?.Size ?? 0, IsConsistent(request))));
        access.MeterRead(capacity);
        return (new JsonArray([.. items.OfType<Item>().Select(item => (projection?.Apply(item) ?? item).ToJson())]), capacity);
    }

    private static bool IsConsistent(JsonObject input) => input["ConsistentRead"]?.GetValue<bool>() ?? false;
}
