using System.Text.Json.Nodes;
using FairShare.Local.DynamoDb.Model;
using FairShare.Local.DynamoDb.Storage;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;

namespace FairShare.Local.DynamoDb.Operations;

/// <summary>BatchWriteItem: up to 25 puts and deletes, each on its own.</summary>
internal sealed class BatchWriteOperation(HostContext context, TableCatalog tables, TableAccess access)
{
    private const int LargestBatch = 25;

    private readonly WriteActionReader reader = new(tables);

    public async Task<JsonObject> RunAsync(JsonCall call)
    {
        var requests = call.Input["RequestItems"] as JsonObject ?? throw Invalid.Request("The parameter 'RequestItems' is required.");
        var actions = requests.SelectMany(table => table.Value!.AsArray().Select(request => Read(table.Key, (JsonObject)request!))).ToList();
        if (actions.Count is 0 or > LargestBatch)
        {
            throw Invalid.Request("Too many items requested for the BatchWriteItem call");
        }

        if (actions.DistinctBy(action => (action.Table.Id, action.Key)).Count() != actions.Count)
        {
            throw Invalid.Request("Provided list of item keys contains duplicates");
        }

        foreach (var table in actions.Select(action => action.Table).Distinct())
        {
            access.Demand(call.Caller, "BatchWriteItem", table);
        }

        var now = context.Time.GetUtcNow();
        var outcomes = await Task.WhenAll(actions.Select(action => context.Store.WriteAsync(session => new ItemWriter(session, now).Write(action))));
        outcomes.ToList().ForEach(outcome => access.MeterWrite(outcome.Capacity));
        return new JsonObject { ["UnprocessedItems"] = new JsonObject() };
    }

    private WriteAction Read(string table, JsonObject request)
    {
        var (kind, content) = request.Single();
        var input = (JsonObject)content!.DeepClone();
        input["TableName"] = table;
        return kind == "PutRequest" ? reader.Put(input) : reader.Delete(input);
    }
}
