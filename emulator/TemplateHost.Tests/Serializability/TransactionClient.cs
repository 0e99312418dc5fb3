using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using TemplateHost.Tests.DynamoDb;

namespace TemplateHost.Tests.Serializability;

/// <summary>Runs random transactions over few lists, one after another, and records what it saw.</summary>
internal sealed class TransactionClient(AmazonDynamoDBClient client, IReadOnlyList<string> keys, int seed)
{
    private readonly Random random = new(seed);

    public List<RecordedTransaction> History { get; } = [];

    /// <summary>How often another client's transaction was in the way, and the attempt repeated.</summary>
    public int Conflicts { get; private set; }

    public async Task RunAsync(int firstId, int count)
    {
        for (var id = firstId; id < firstId + count; id++)
        {
            var chosen = keys.OrderBy(_ => random.Next()).Take(2).ToList();
            History.Add(
                random.Next(3) switch
                {
                    0 => new RecordedTransaction(id, await ReadAsync(chosen), [], Committed: true),
                    1 => new RecordedTransaction(id, None, chosen, await WriteAsync([.. chosen.Select(key => Append(key, id))])),
                    _ => await ReadThenAppendAsync(id, chosen),
                }
            );
        }
    }

    public async Task<Dictionary<string, IReadOnlyList<int>>> ReadAsync(IReadOnlyList<string> wanted)
    {
        var request = new TransactGetItemsRequest
        {
            TransactItems =
            [
                .. wanted.Select(key => new TransactGetItem
                {
                    Get = new() { TableName = TestTable.Name, Key = TestTable.Key(key) },
                }),
            ],
        };
        var answer = await RepeatAsync(() => client.TransactGetItemsAsync(request));
        return wanted.Zip(answer.Responses).ToDictionary(pair => pair.First, pair => ListOf(pair.Second.Item));
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<int>> None { get; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>
    /// Reads two lists, and appends to the first on condition that both still are as read: the shape in which write skew shows.
    /// </summary>
    private async Task<RecordedTransaction> ReadThenAppendAsync(int id, List<string> chosen)
    {
        var seen = await ReadAsync(chosen);
        var committed = await WriteAsync([Append(chosen[0], id, seen[chosen[0]].Count), Check(chosen[1], seen[chosen[1]].Count)]);
        return new RecordedTransaction(id, seen, [chosen[0]], committed);
    }

    private async Task<bool> WriteAsync(List<TransactWriteItem> writes)
    {
        try
        {
            await RepeatAsync(() => client.TransactWriteItemsAsync(new() { TransactItems = writes }));
            return true;
        }
        catch (TransactionCanceledException)
        {
            return false;
        }
    }

    /// <summary>A conflict is no outcome: the transaction did nothing, and is tried again.</summary>
    private async Task<T> RepeatAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (TransactionCanceledException cancelled)
                when (cancelled.CancellationReasons.Exists(reason => reason.Code == "TransactionConflict"))
            {
                Conflicts++;
                await Task.Delay(random.Next(1, 10));
            }
        }
    }

    private static TransactWriteItem Append(string key, int id, int? expectedCount = null)
    {
        Dictionary<string, AttributeValue> values = new()
        {
            [":none"] = new() { L = [], IsLSet = true },
            [":id"] = new() { L = [TestTable.Number(id)] },
        };
        if (expectedCount is > 0 and var count)
        {
            values[":count"] = TestTable.Number(count);
        }

        return new()
        {
            Update = new()
            {
                TableName = TestTable.Name,
                Key = TestTable.Key(key),
                UpdateExpression = "SET l = list_append(if_not_exists(l, :none), :id)",
                ConditionExpression = expectedCount is null ? null : Unchanged(expectedCount.Value),
                ExpressionAttributeValues = values,
            },
        };
    }

    private static TransactWriteItem Check(string key, int count) =>
        new()
        {
            ConditionCheck = new()
            {
                TableName = TestTable.Name,
                Key = TestTable.Key(key),
                ConditionExpression = Unchanged(count),
                ExpressionAttributeValues = count == 0 ? null : new() { [":count"] = TestTable.Number(count) },
            },
        };

    private static string Unchanged(int count) => count == 0 ? "attribute_not_exists(l)" : "size(l) = :count";

    private static IReadOnlyList<int> ListOf(Dictionary<string, AttributeValue>? item) =>
        [.. (item?.GetValueOrDefault("l")?.L ?? []).Select(value => int.Parse(value.N, CultureInfo.InvariantCulture))];
}
