using System.Text.Json.Nodes;
using FairShare.Audit.Items;
using FairShare.Log.Leaves;

namespace FairShare.Client.Log.Audit;

/// <summary>
/// Finds in an export of the table what a lost stream kept from the log, and writes it as the stream would have brought it, so that the
/// sequencer can be invoked with it.
/// </summary>
public static class Backfill
{
    private const int BatchSize = 500;

    /// <summary>Reads an export, and gives the events that the sequencer lacks.</summary>
    /// <param name="table">The table's items, one a line, in DynamoDB's JSON.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Events of 500 items at most; none where the log has everything.</returns>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-export</c>, <c>invalid-leaf</c>: a line, or a token in it, is
    /// none.</exception>
    public static async Task<IReadOnlyList<JsonObject>> FindAsync(TextReader table, CancellationToken cancellationToken)
    {
        var (logged, items) = (new HashSet<string>(), new List<AuditedItem>());
        await foreach (var item in ExportedItems.ReadAsync(table, cancellationToken).ConfigureAwait(false))
        {
            if (item is { Sort: "LEAF" } && item.Partition.StartsWith("LOG#", StringComparison.Ordinal))
            {
                logged.Add(item.Id);
            }
            else if (item.Tokens.Any())
            {
                items.Add(item);
            }
        }

        return
        [
            .. items
                .Where(item => item.Tokens.Any(token => !logged.Contains(LogLeaf.OfToken(token.Text).TokenHash.ToString())))
                .Chunk(BatchSize)
                .Select(batch => new JsonObject { ["Records"] = new JsonArray([.. batch.Select(Record)]) }),
        ];
    }

    private static JsonObject Record(AuditedItem item) =>
        new()
        {
            ["eventName"] = "INSERT",
            ["dynamodb"] = new JsonObject
            {
                ["SequenceNumber"] = "0",
                ["Keys"] = new JsonObject { ["pk"] = Text(item.Partition), ["sk"] = Text(item.Sort) },
                ["NewImage"] = new JsonObject(item.Tokens.Select(token => KeyValuePair.Create(token.Name, (JsonNode?)Text(token.Text)))),
            },
        };

    private static JsonObject Text(string value) => new() { ["S"] = value };
}
