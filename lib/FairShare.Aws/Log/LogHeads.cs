using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Digests;

namespace FairShare.Aws.Log;

/// <summary>The log's head in the table, which is swapped, never only written.</summary>
/// <param name="table">The evidence table.</param>
public sealed class LogHeads(ItemTable table)
{
    /// <summary>Reads the head, strongly consistent.</summary>
    public async Task<LogHead> ReadAsync(CancellationToken cancellationToken) =>
        await table.GetAsync(LogItemKeys.Head, cancellationToken) is { } item
            ? new LogHead(
                item.OptionalNumber("leafCount") ?? 0,
                Sha256Digest.Parse(item.Text("rootHash")),
                item.Text("archiveKey"),
                item.OptionalNumber("publishedCount") ?? 0
            )
            : LogHead.Empty;

    /// <summary>Puts one head in another's place: this commits the leaves between them.</summary>
    /// <returns>False where another head stands meanwhile; then nothing has changed.</returns>
    public async Task<bool> TrySwapAsync(LogHead head, LogHead next, CancellationToken cancellationToken)
    {
        var condition = head.Size == 0 ? "attribute_not_exists(pk)" : "leafCount = :old AND rootHash = :oldRoot";
        var values = new Dictionary<string, AttributeValue>
        {
            [":size"] = Number(next.Size),
            [":root"] = new(next.Root.ToString()),
            [":archive"] = new(next.Archive),
            [":published"] = Number(next.Published),
        };
        if (head.Size > 0)
        {
            values[":old"] = Number(head.Size);
            values[":oldRoot"] = new(head.Root.ToString());
        }

        var (changed, _) = await table.TryChangeAsync(
            new TableWrite.Change(
                LogItemKeys.Head,
                "SET leafCount = :size, rootHash = :root, archiveKey = :archive, publishedCount = :published",
                condition,
                values
            ),
            cancellationToken
        );
        return changed;
    }

    /// <summary>Notes that a checkpoint is published; one of a smaller size than is noted already changes nothing.</summary>
    public Task SetPublishedAsync(long published, CancellationToken cancellationToken) =>
        table.TryChangeAsync(
            new TableWrite.Change(
                LogItemKeys.Head,
                "SET publishedCount = :published",
                "publishedCount < :published",
                new() { [":published"] = Number(published) }
            ),
            cancellationToken
        );

    private static AttributeValue Number(long value) => new() { N = value.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}
