using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>BatchWriteItem: up to 25 puts and deletes, each on its own; one that meets a transaction stays unprocessed.</summary>
internal sealed class BatchWriteOperation(HostContext context, TableCatalog tables, TableAccess access, ItemsInFlight inFlight)
{
    private const int LargestBatch = 25;

    private readonly WriteActionReader reader = new(tables);

    public async Task<JsonObject> RunAsync(JsonCall call)
    {
        var writes = ReadAll(call.Input);
        foreach (var ofTable in writes.GroupBy(write => write.Action.Table))
        {
            var keys = ofTable.Select(write => write.Request["PutRequest"]?["Item"] ?? write.Request["DeleteRequest"]?["Key"]);
            access.Demand(call.Caller, "BatchWriteItem", ofTable.Key, keys);
        }

        var outcomes = await Task.WhenAll(writes.Select(write => WriteAsync(write.Action)));
        var done = writes.Zip(outcomes).Where(pair => pair.Second is not null).ToList();
        var used = TransactionOutcome.Of(done.Select(pair => (pair.First.Action.Table.Definition.Name, pair.Second!.Capacity)));
        access.MeterWrite(used.Total);
        var answer = new JsonObject
        {
            ["UnprocessedItems"] = Unprocessed(writes.Zip(outcomes).Where(pair => pair.Second is null).Select(pair => pair.First)),
        };
        TableAccess.Report(answer, call.Input, used.ByTable);
        ItemCollections.Report(answer, call.Input, [.. done.Select(pair => pair.First.Action)]);
        return answer;
    }

    private List<BatchedWrite> ReadAll(JsonObject input)
    {
        var requests = input["RequestItems"] as JsonObject ?? throw Invalid.Request("The parameter 'RequestItems' is required.");
        var writes = requests.SelectMany(table => table.Value!.AsArray().Select(request => Read(table.Key, (JsonObject)request!))).ToList();
        if (writes.Count is 0 or > LargestBatch)
        {
            throw Invalid.Request("Too many items requested for the BatchWriteItem call");
        }

        return writes.DistinctBy(write => ItemName.Of(write.Action)).Count() == writes.Count
            ? writes
            : throw Invalid.Request("Provided list of item keys contains duplicates");
    }

    private BatchedWrite Read(string table, JsonObject request)
    {
        if (request.Count != 1)
        {
            throw Invalid.Request(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of PutRequest or DeleteRequest"
            );
        }

        var (kind, content) = request.Single();
        var input = (JsonObject)content!.DeepClone();
        input["TableName"] = table;
        return new BatchedWrite(table, request, kind == "PutRequest" ? reader.Put(input) : reader.Delete(input));
    }

    private async Task<WriteOutcome?> WriteAsync(WriteAction action)
    {
        using var entered = inFlight.TryEnter(action);
        return entered is null
            ? null
            : await context.Store.WriteAsync(session => new ItemWriter(session, context.Time.GetUtcNow()).Write(action));
    }

    private static JsonObject Unprocessed(IEnumerable<BatchedWrite> writes) =>
        new(
            writes
                .GroupBy(write => write.Table)
                .Select(table =>
                    KeyValuePair.Create(table.Key, (JsonNode?)new JsonArray([.. table.Select(write => write.Request.DeepClone())]))
                )
        );

    /// <param name="Table">The table as the request names it.</param>
    private sealed record BatchedWrite(string Table, JsonObject Request, WriteAction Action);
}
