using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace FairShare.Testing.Oracle;

/// <summary>Reads a table past the application, with the administrator's rights.</summary>
public sealed class TableReader : IDisposable
{
    private const int Attempts = 200;

    private readonly TestHost host;
    private readonly string table;
    private readonly AmazonDynamoDBClient client;

    /// <param name="host">The host.</param>
    /// <param name="output">The output of the stack that names the table; by default the evidence table's.</param>
    public TableReader(TestHost host, string output = "EvidenceTableName")
    {
        this.host = host;
        table = output;
        // The SDK would wait by the system's clock, which has no part in a simulated run.
        client = new AmazonDynamoDBClient(host.Owner(), host.Configure(new AmazonDynamoDBConfig { MaxErrorRetry = 0 }));
    }

    /// <summary>All items of a partition.</summary>
    public async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> QueryAsync(string partition) =>
        (
            await RepeatAsync(() =>
                client.QueryAsync(
                    new()
                    {
                        TableName = host.Embedded.Outputs[table],
                        KeyConditionExpression = "pk = :pk",
                        ExpressionAttributeValues = new() { [":pk"] = new AttributeValue(partition) },
                        ConsistentRead = true,
                    }
                )
            )
        ).Items
        ?? [];

    /// <summary>Everything in the table.</summary>
    public Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ScanAsync() =>
        TableScan.RunAsync(host.Embedded.Outputs[table], request => RepeatAsync(() => client.ScanAsync(request)));

    public void Dispose() => client.Dispose();

    // A host whose faults a test has planned refuses this reader, too.
    private static async Task<T> RepeatAsync<T>(Func<Task<T>> read)
    {
        for (var left = Attempts; ; left--)
        {
            try
            {
                return await read();
            }
            catch (Exception fault) when (left > 1 && fault is AmazonServiceException or HttpRequestException or IOException)
            {
                // Tried again at once: planned faults are drawn anew for each call.
            }
        }
    }
}
