using System.Text.Json.Nodes;

namespace TemplateHost.Sqs.Model;

/// <summary>A message as it is kept.</summary>
/// <param name="Sequence">Its place in the queue.</param>
/// <param name="SenderId">The unique id of the principal that sent it.</param>
/// <param name="VisibleAt">When it can be received (again).</param>
/// <param name="Receipt">What the latest receive was given to name it by; empty before the first.</param>
/// <param name="Attributes">MessageAttributes, or null.</param>
/// <param name="System">System attributes that came with it: AWSTraceHeader, DeadLetterQueueSourceArn.</param>
internal sealed record Message(
    long Sequence,
    string Queue,
    string Id,
    string Body,
    string SenderId,
    DateTimeOffset SentAt,
    DateTimeOffset VisibleAt,
    int ReceiveCount,
    DateTimeOffset? FirstReceivedAt,
    string Receipt,
    string? Group,
    string? DeduplicationId,
    JsonObject? Attributes,
    JsonObject? System
)
{
    /// <summary>FIFO sequence numbers have twenty digits.</summary>
    public static string SequenceNumber(long sequence) =>
        (18_000_000_000_000_000_000m + sequence).ToString(global::System.Globalization.CultureInfo.InvariantCulture);
}
