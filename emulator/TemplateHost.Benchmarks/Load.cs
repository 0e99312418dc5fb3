using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace TemplateHost.Benchmarks;

/// <summary>Clients that write as fast as they are answered.</summary>
internal sealed class Load : IDisposable
{
    private readonly AmazonDynamoDBClient client;
    private readonly string body = new('x', 500);
    private int next;
    private string? table;

    public Load(string url, (string Id, string Secret) credentials) =>
        client = new AmazonDynamoDBClient(
            credentials.Id,
            credentials.Secret,
            new AmazonDynamoDBConfig
            {
                ServiceURL = url,
                AuthenticationRegion = "us-east-1",
                MaxConnectionsPerServer = 64,
            }
        );

    public Task<double> WritesAsync(int clients, int seconds) => RunAsync(clients, seconds, () => client.PutItemAsync(table, Item()));

    public Task<double> TransactionsAsync(int clients, int seconds) =>
        RunAsync(
            clients,
            seconds,
            () =>
                client.TransactWriteItemsAsync(
                    new()
                    {
                        TransactItems =
                        [
                            new()
                            {
                                Put = new()
                                {
                                    TableName = table,
                                    Item = Item(),
                                    ConditionExpression = "attribute_not_exists(pk)",
                                },
                            },
                            new()
                            {
                                Put = new() { TableName = table, Item = Item() },
                            },
                        ],
                    }
                )
        );

    public void Dispose() => client.Dispose();

    private async Task<double> RunAsync(int clients, int seconds, Func<Task> call)
    {
        table = $"load{Stopwatch.GetTimestamp()}";
        await client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = table,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [new("pk", ScalarAttributeType.S)],
                KeySchema = [new("pk", KeyType.HASH)],
            }
        );
        while ((await client.DescribeTableAsync(table)).Table.TableStatus != TableStatus.ACTIVE)
        {
            await Task.Delay(20);
        }

        await call();
        var (watch, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(async _ =>
                {
                    while (watch.Elapsed.TotalSeconds < seconds)
                    {
                        await call();
                        Interlocked.Increment(ref done);
                    }
                })
        );
        return done / watch.Elapsed.TotalSeconds;
    }

    private Dictionary<string, AttributeValue> Item() =>
        new() { ["pk"] = new($"item{Interlocked.Increment(ref next)}"), ["body"] = new(body) };
}
