using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FairShare.Audit.Items;
using FairShare.Aws.Log;
using FairShare.Aws.Table;
using FairShare.Core.Digests;

namespace FairShare.Aws.Audit;

/// <summary>The evidence table as an auditor reads it: named attributes only, so that its role can be denied the others.</summary>
/// <param name="client">The DynamoDB client, with the function's own role.</param>
/// <param name="name">The table's name.</param>
public sealed class AuditedTable(IAmazonDynamoDB client, string name)
{
    private const int BatchLimit = 100;
    private static readonly IReadOnlyList<string> Keys = ["pk", "sk"];
    private static readonly IReadOnlyList<string> Places = ["pk", "sk", "index"];

    /// <summary>Reads the items of a partition, strongly consistent.</summary>
    public async Task<IReadOnlyList<AuditedItem>> ReadPartitionAsync(string partition, CancellationToken cancellationToken)
    {
        var (items, start) = (new List<AuditedItem>(), (Dictionary<string, AttributeValue>?)null);
        do
        {
            var request = new QueryRequest
            {
                TableName = name,
                KeyConditionExpression = "pk = :pk",
                ExpressionAttributeValues = new() { [":pk"] = new AttributeValue(partition) },
                ProjectionExpression = ProjectionOf(AuditedItem.Attributes),
                ExpressionAttributeNames = NamesOf(AuditedItem.Attributes),
                Select = Select.SPECIFIC_ATTRIBUTES,
                ConsistentRead = true,
                ExclusiveStartKey = start,
            };
            var response = await client.QueryAsync(request, cancellationToken);
            items.AddRange((response.Items ?? []).Select(Read));
            start = response.LastEvaluatedKey is { Count: > 0 } more ? more : null;
        } while (start is not null);
        return items;
    }

    /// <summary>Reads where the table says that tokens stand in the log; those that it says nothing of are left out.</summary>
    public async Task<IReadOnlyList<AuditedItem>> ReadPlacesAsync(
        IEnumerable<Sha256Digest> tokenHashes,
        CancellationToken cancellationToken
    )
    {
        var items = new List<AuditedItem>();
        foreach (var chunk in tokenHashes.Distinct().Chunk(BatchLimit))
        {
            var wanted = new KeysAndAttributes
            {
                Keys = [.. chunk.Select(hash => LogItemKeys.Leaf(hash).ToAttributes())],
                ConsistentRead = true,
                ProjectionExpression = ProjectionOf(Places),
                ExpressionAttributeNames = NamesOf(Places),
            };
            while (wanted is { Keys.Count: > 0 })
            {
                var request = new BatchGetItemRequest { RequestItems = new() { [name] = wanted } };
                var response = await client.BatchGetItemAsync(request, cancellationToken);
                items.AddRange((response.Responses?.GetValueOrDefault(name) ?? []).Select(Read));
                wanted = response.UnprocessedKeys?.GetValueOrDefault(name);
            }
        }

        return items;
    }

    /// <summary>Finds the indexes at which the table says that tokens stand in the log, by their hashes.</summary>
    public async Task<IReadOnlyDictionary<Sha256Digest, long>> FindIndexesAsync(
        IReadOnlyCollection<Sha256Digest> tokenHashes,
        CancellationToken cancellationToken
    )
    {
        var indexes = new Dictionary<Sha256Digest, long>();
        foreach (var place in await ReadPlacesAsync(tokenHashes, cancellationToken))
        {
            if (long.TryParse(place["index"], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                indexes[Sha256Digest.Parse(place.Id)] = index;
            }
        }

        return indexes;
    }

    /// <summary>Reads the partition keys of a part of the table.</summary>
    /// <param name="after">Where the part before ended; null at the beginning of the table.</param>
    /// <param name="limit">How many items the part has at most.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The partitions, and where the part ended; null at the end of the table.</returns>
    public async Task<(IReadOnlyList<string> Partitions, SweepPosition? End)> SweepAsync(
        SweepPosition? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var partitions = new List<string>();
        while (limit > 0)
        {
            var request = new ScanRequest
            {
                TableName = name,
                ProjectionExpression = ProjectionOf(Keys),
                ExpressionAttributeNames = NamesOf(Keys),
                Select = Select.SPECIFIC_ATTRIBUTES,
                Limit = limit,
                ExclusiveStartKey = after is null ? null : new ItemKey(after.Partition, after.Sort).ToAttributes(),
            };
            var response = await client.ScanAsync(request, cancellationToken);
            partitions.AddRange((response.Items ?? []).Select(item => item["pk"].S));
            limit -= Math.Max(1, response.ScannedCount ?? 0);
            after = response.LastEvaluatedKey is { Count: > 0 } end ? new SweepPosition(end["pk"].S, end["sk"].S) : null;
            if (after is null)
            {
                break;
            }
        }

        return ([.. partitions.Distinct()], after);
    }

    private static AuditedItem Read(Dictionary<string, AttributeValue> item) =>
        new(
            item["pk"].S,
            item["sk"].S,
            item.Where(attribute => (attribute.Value.S ?? attribute.Value.N) is not null)
                .ToDictionary(attribute => attribute.Key, attribute => attribute.Value.S ?? attribute.Value.N)
        );

    // Some of the names are words of DynamoDB's own.
    private static string ProjectionOf(IReadOnlyList<string> attributes) =>
        string.Join(", ", attributes.Select((_, place) => FormattableString.Invariant($"#a{place}")));

    private static Dictionary<string, string> NamesOf(IReadOnlyList<string> attributes) =>
        attributes
            .Select((attribute, place) => (attribute, place))
            .ToDictionary(pair => FormattableString.Invariant($"#a{pair.place}"), pair => pair.attribute);
}
