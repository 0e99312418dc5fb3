using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace FairShare.Aws.Table;

/// <summary>
/// A table whose keys are <c>pk</c> and <c>sk</c>, and the few ways in which it is read and written. docs/evidence-table.md and
/// docs/vault-table.md list the items and access patterns of evidence and vault.
/// </summary>
/// <param name="client">The DynamoDB client, with the function's own role.</param>
/// <param name="name">The table's name.</param>
/// <param name="retry">What to do about other writers' transactions.</param>
public sealed class ItemTable(IAmazonDynamoDB client, string name, ConflictRetry retry)
{
    private const int BatchLimit = 100;

    /// <summary>Reads one item, strongly consistent.</summary>
    /// <returns>The item, or null.</returns>
    internal async Task<Item?> GetAsync(ItemKey key, CancellationToken cancellationToken)
    {
        var response = await client.GetItemAsync(
            new GetItemRequest
            {
                TableName = name,
                Key = key.ToAttributes(),
                ConsistentRead = true,
            },
            cancellationToken
        );
        return response.Item is { Count: > 0 } found ? new Item(found) : null;
    }

    /// <summary>Reads all items of a partition whose sort key starts as given, strongly consistent.</summary>
    internal async Task<IReadOnlyList<Item>> QueryAsync(string partition, string sortPrefix, CancellationToken cancellationToken)
    {
        var items = new List<Item>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var response = await client.QueryAsync(PartitionQuery(partition, sortPrefix, start), cancellationToken);
            items.AddRange((response.Items ?? []).Select(item => new Item(item)));
            start = response.LastEvaluatedKey is { Count: > 0 } more ? more : null;
        } while (start is not null);
        return items;
    }

    /// <summary>Reads one page of an index, newest first.</summary>
    /// <param name="index">The index with its key attributes.</param>
    /// <param name="partition">The partition key's value.</param>
    /// <param name="range">The sort keys to include.</param>
    /// <param name="limit">The most items to read.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    internal async Task<IReadOnlyList<Item>> QueryIndexAsync(
        TableIndex index,
        string partition,
        SortKeyRange range,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (range.IsEmpty)
        {
            return [];
        }

        var request = new QueryRequest
        {
            TableName = name,
            IndexName = index.Name,
            KeyConditionExpression = "#partition = :partition" + range.Condition,
            ExpressionAttributeNames = new() { ["#partition"] = index.PartitionKey },
            ExpressionAttributeValues = new() { [":partition"] = new AttributeValue(partition) },
            ScanIndexForward = false,
            Limit = limit,
        };
        range.AddTo(request, index.SortKey);
        var response = await client.QueryAsync(request, cancellationToken);
        return [.. (response.Items ?? []).Select(item => new Item(item))];
    }

    /// <summary>Reads many items, strongly consistent, in any order; those that do not exist are left out.</summary>
    internal async Task<IReadOnlyList<Item>> BatchGetAsync(IEnumerable<ItemKey> keys, CancellationToken cancellationToken)
    {
        var items = new List<Item>();
        foreach (var chunk in keys.Distinct().Chunk(BatchLimit))
        {
            var wanted = new KeysAndAttributes { Keys = [.. chunk.Select(key => key.ToAttributes())], ConsistentRead = true };
            while (wanted is { Keys.Count: > 0 })
            {
                var response = await client.BatchGetItemAsync(
                    new BatchGetItemRequest { RequestItems = new() { [name] = wanted } },
                    cancellationToken
                );
                items.AddRange((response.Responses?.GetValueOrDefault(name) ?? []).Select(item => new Item(item)));
                wanted = response.UnprocessedKeys?.GetValueOrDefault(name);
            }
        }

        return items;
    }

    /// <summary>Puts an item that must not exist yet.</summary>
    /// <returns>False when it exists; then nothing has changed.</returns>
    /// <exception cref="ContentionException">Other writers' transactions held the item all the while; nothing has changed, and a repeat may
    /// succeed.</exception>
    internal Task<bool> TryCreateAsync(Item item, CancellationToken cancellationToken) =>
        TryPutAsync(item, "attribute_not_exists(pk)", null, cancellationToken);

    /// <summary>Puts an item in place of one for which a condition holds.</summary>
    /// <returns>False when it does not hold; then nothing has changed.</returns>
    /// <exception cref="ContentionException">As above.</exception>
    internal async Task<bool> TryPutAsync(
        Item item,
        string condition,
        Dictionary<string, AttributeValue>? values,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var request = new PutItemRequest
            {
                TableName = name,
                Item = item.Attributes,
                ConditionExpression = condition,
                ExpressionAttributeValues = values,
            };
            await retry.WriteAsync(() => client.PutItemAsync(request, cancellationToken), cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Puts an item in place of whatever is there.</summary>
    internal Task PutAsync(Item item, CancellationToken cancellationToken) =>
        retry.WriteAsync(
            () => client.PutItemAsync(new PutItemRequest { TableName = name, Item = item.Attributes }, cancellationToken),
            cancellationToken
        );

    /// <summary>Changes an item for which a condition must hold.</summary>
    /// <returns>Whether it was changed, and the item as it stands then; null when there is none.</returns>
    /// <exception cref="ContentionException">Other writers' transactions held the item all the while; nothing has changed.</exception>
    internal async Task<(bool Changed, Item? Found)> TryChangeAsync(TableWrite.Change change, CancellationToken cancellationToken)
    {
        try
        {
            var request = new UpdateItemRequest
            {
                TableName = name,
                Key = change.Key.ToAttributes(),
                UpdateExpression = change.Update,
                ConditionExpression = change.Condition,
                ExpressionAttributeValues = change.Values,
                ReturnValues = ReturnValue.ALL_NEW,
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            };
            UpdateItemResponse? response = null;
            await retry.WriteAsync(async () => response = await client.UpdateItemAsync(request, cancellationToken), cancellationToken);
            return (true, response?.Attributes is { Count: > 0 } changed ? new Item(changed) : null);
        }
        catch (ConditionalCheckFailedException refused)
        {
            return (false, refused.Item is { Count: > 0 } standing ? new Item(standing) : null);
        }
    }

    /// <summary>Deletes an item; one that does not exist is not missed.</summary>
    internal Task DeleteAsync(ItemKey key, CancellationToken cancellationToken) =>
        retry.WriteAsync(
            () => client.DeleteItemAsync(new DeleteItemRequest { TableName = name, Key = key.ToAttributes() }, cancellationToken),
            cancellationToken
        );

    /// <summary>Writes all or nothing.</summary>
    /// <returns>False when a condition did not hold; then nothing has changed.</returns>
    /// <exception cref="ContentionException">Other transactions held an item all the while; nothing has changed, and a repeat may
    /// succeed.</exception>
    internal async Task<bool> TryTransactAsync(IEnumerable<TableWrite> writes, CancellationToken cancellationToken)
    {
        try
        {
            var request = new TransactWriteItemsRequest { TransactItems = [.. writes.Select(write => write.ToTransactItem(name))] };
            await retry.WriteAsync(() => client.TransactWriteItemsAsync(request, cancellationToken), cancellationToken);
            return true;
        }
        catch (TransactionCanceledException canceled)
            when (canceled.CancellationReasons.Any(reason => reason.Code == "ConditionalCheckFailed"))
        {
            return false;
        }
    }

    private QueryRequest PartitionQuery(string partition, string sortPrefix, Dictionary<string, AttributeValue>? start) =>
        new()
        {
            TableName = name,
            KeyConditionExpression = "pk = :pk" + (sortPrefix.Length == 0 ? "" : " AND begins_with(sk, :sk)"),
            ExpressionAttributeValues =
                sortPrefix.Length == 0
                    ? new() { [":pk"] = new AttributeValue(partition) }
                    : new() { [":pk"] = new AttributeValue(partition), [":sk"] = new AttributeValue(sortPrefix) },
            ConsistentRead = true,
            ExclusiveStartKey = start,
        };
}
