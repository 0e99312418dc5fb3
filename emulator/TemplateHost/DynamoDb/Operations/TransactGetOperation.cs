using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>TransactGetItems: up to 100 items as they stood at one moment.</summary>
internal sealed class TransactGetOperation(HostContext context, TableCatalog tables, TableAccess access, ItemsInFlight inFlight)
{
    private readonly WriteActionReader reader = new(tables);

    public Task<JsonObject> RunAsync(JsonCall call)
    {
        var gets = (call.Input["TransactItems"] as JsonArray ?? []).Select(item => (JsonObject)item!["Get"]!).Select(Read).ToList();
        if (gets.Count is 0 or > 100)
        {
            throw Invalid.Request(
                "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length "
                    + "less than or equal to 100"
            );
        }

        gets.ForEach(get => access.Demand(call.Caller, "GetItem", get.Table, [get.Input["Key"]], get.Asked));
        inFlight.DemandQuiet(gets.Select(get => new ItemName(get.Table.Id, get.Key)));
        var items = context.Store.Read(session =>
            gets.ConvertAll(get => new ItemTable(session, get.Table, context.Time.GetUtcNow()).Get(get.Key))
        );
        var outcome = TransactionOutcome.Of(gets.Zip(items, (get, item) => (get.Table.Definition.Name, Units(item))));
        access.MeterRead(outcome.Total);
        var answer = new JsonObject { ["Responses"] = new JsonArray([.. gets.Zip(items, (get, item) => Response(get.Projection, item))]) };
        TableAccess.Report(answer, call.Input, outcome.ByTable);
        return Task.FromResult(answer);
    }

    private (StoredTable Table, KeyValues Key, Expressions.Projection? Projection, AskedAttributes Asked, JsonObject Input) Read(
        JsonObject get
    )
    {
        var (table, _, key) = reader.Keyed(get);
        var (projection, asked) = ItemReadOperations.ParseProjection(get);
        return (table, key, projection, asked, get);
    }

    private static Capacity Units(Item? item)
    {
        var capacity = new Capacity();
        capacity.Add(2 * Capacity.ReadUnits(item?.Size ?? 0, consistent: true));
        return capacity;
    }

    private static JsonObject Response(Expressions.Projection? projection, Item? item) =>
        item is null ? [] : new JsonObject { ["Item"] = (projection?.Apply(item) ?? item).ToJson() };
}
