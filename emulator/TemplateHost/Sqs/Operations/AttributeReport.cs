using System.Globalization;
using TemplateHost.Sqs.Model;

namespace TemplateHost.Sqs.Operations;

/// <summary>Everything that GetQueueAttributes can tell.</summary>
internal static class AttributeReport
{
    public static Dictionary<string, string> Of(Queue queue, (long Visible, long InFlight, long Delayed) counts)
    {
        var report = new Dictionary<string, string>
        {
            ["QueueArn"] = queue.Arn,
            ["ApproximateNumberOfMessages"] = Text(counts.Visible),
            ["ApproximateNumberOfMessagesNotVisible"] = Text(counts.InFlight),
            ["ApproximateNumberOfMessagesDelayed"] = Text(counts.Delayed),
            ["CreatedTimestamp"] = Text(queue.CreatedAt.ToUnixTimeSeconds()),
            ["LastModifiedTimestamp"] = Text(queue.ModifiedAt.ToUnixTimeSeconds()),
            ["VisibilityTimeout"] = Text((long)queue.VisibilityTimeout.TotalSeconds),
            ["MaximumMessageSize"] = Text(queue.LargestMessage),
            ["MessageRetentionPeriod"] = Text((long)queue.Retention.TotalSeconds),
            ["DelaySeconds"] = Text((long)queue.Delay.TotalSeconds),
            ["ReceiveMessageWaitTimeSeconds"] = Text(queue.WaitSeconds),
            ["SqsManagedSseEnabled"] = queue.Set.ContainsKey("KmsMasterKeyId") ? "false" : "true",
        };
        if (queue.IsFifo)
        {
            (report["ContentBasedDeduplication"], report["DeduplicationScope"], report["FifoThroughputLimit"]) = (
                "false",
                "queue",
                "perQueue"
            );
        }

        foreach (var (name, value) in queue.Set.Where(pair => pair.Value.Length > 0))
        {
            report[name] = value;
        }

        return report;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
