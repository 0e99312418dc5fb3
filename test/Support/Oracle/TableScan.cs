using Amazon.DynamoDBv2.Model;

namespace FairShare.Testing.Oracle;

/// <summary>Reads a table page by page.</summary>
public static class TableScan
{
    /// <summary>All items of a table.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="scan">Reads a page.</param>
    public static async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> RunAsync(
        string table,
        Func<ScanRequest, Task<ScanResponse>> scan
    )
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var request = new ScanRequest
            {
                TableName = table,
                ConsistentRead = true,
                ExclusiveStartKey = start,
            };
            var page = await scan(request);
            items.AddRange(page.Items ?? []);
            start = page.LastEvaluatedKey is { Count: > 0 } more ? more : null;
        } while (start is not null);
        return items;
    }
}
