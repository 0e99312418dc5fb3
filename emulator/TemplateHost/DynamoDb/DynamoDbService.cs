using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Operations;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb;

/// <summary>
/// DynamoDB: one writer serves all writes, so transactions are serializable; what meets one under way is refused, as at AWS.
/// </summary>
internal sealed class DynamoDbService : JsonService
{
    public DynamoDbService(HostContext context, TableCatalog tables)
    {
        var access = new TableAccess(context);
        var inFlight = new ItemsInFlight();
        var writes = new ItemWriteOperations(context, tables, access, inFlight);
        var reads = new ItemReadOperations(context, tables, access);
        var queries = new QueryOperations(context, tables, access);
        var admin = new TableOperations(context, tables);
        var streams = new StreamOperations(context, tables);
        Operations = new Dictionary<string, Func<JsonCall, Task<JsonObject>>>
        {
            ["GetItem"] = reads.GetAsync,
            ["BatchGetItem"] = reads.BatchGetAsync,
            ["PutItem"] = writes.PutAsync,
            ["UpdateItem"] = writes.UpdateAsync,
            ["DeleteItem"] = writes.DeleteAsync,
            ["BatchWriteItem"] = new BatchWriteOperation(context, tables, access, inFlight).RunAsync,
            ["Query"] = queries.QueryAsync,
            ["Scan"] = queries.ScanAsync,
            ["TransactWriteItems"] = new TransactWriteOperation(context, tables, access, inFlight).RunAsync,
            ["TransactGetItems"] = new TransactGetOperation(context, tables, access, inFlight).RunAsync,
            ["CreateTable"] = admin.CreateAsync,
            ["DescribeTable"] = admin.DescribeAsync,
            ["ListTables"] = admin.ListAsync,
            ["UpdateTable"] = admin.UpdateAsync,
            ["DeleteTable"] = admin.DeleteAsync,
            ["UpdateTimeToLive"] = admin.UpdateTimeToLiveAsync,
            ["DescribeTimeToLive"] = admin.DescribeTimeToLiveAsync,
            ["ListStreams"] = streams.ListAsync,
            ["DescribeStream"] = streams.DescribeAsync,
            ["GetShardIterator"] = streams.GetShardIteratorAsync,
            ["GetRecords"] = streams.GetRecordsAsync,
        };
    }

    public override string SigningName => "dynamodb";

    protected override IReadOnlyDictionary<string, Func<JsonCall, Task<JsonObject>>> Operations { get; }
}
