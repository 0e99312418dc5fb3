using FairShare.Core.Identifiers;
using FairShare.Functions.Streams;

namespace FairShare.Functions.Log;

/// <summary>The ending of an exchange, as the table's stream tells of it.</summary>
/// <param name="Exchange">The exchange's id, by which its execution is called too.</param>
/// <param name="Document">The document's id.</param>
/// <param name="State">How it ended.</param>
/// <param name="Delay">From the time that the ending says, of a completed one that of its receipt, to when it could be read.</param>
internal sealed record EndedExchange(string Exchange, string Document, string State, TimeSpan Delay)
{
    /// <summary>The ending that a change puts into the table; null where it puts another item.</summary>
    public static EndedExchange? Of(TableChange change) =>
        change.Dynamodb.Keys is { Sk.S: "ENDING", Pk.S: var partition } && change.Dynamodb.Text("state") is { } state
            ? new EndedExchange(
                partition[(partition.IndexOf('#', StringComparison.Ordinal) + 1)..],
                change.Dynamodb.Text("documentId") ?? "",
                state,
                DelayOf(change.Dynamodb)
            )
            : null;

    // Streams tell time to the second, endings to the millisecond: what was at once would else be before itself.
    private static TimeSpan DelayOf(ChangedItem item) =>
        item.Text("endedAt") is { } text && Timestamp.TryParse(text, out var ended) && item.At is { } at && at > ended
            ? at - ended
            : TimeSpan.Zero;
}
