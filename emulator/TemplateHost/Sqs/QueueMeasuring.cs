using TemplateHost.Kernel;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs;

/// <summary>What SQS puts to CloudWatch of each queue, once a minute: how many messages wait, and since when the oldest does.</summary>
internal sealed class QueueMeasuring(HostContext host) : Sweeper(host, "The queues could not be measured.", TimeSpan.FromMinutes(1))
{
    private const string Space = "AWS/SQS";

    /// <summary>Does nothing where nobody listens.</summary>
    public override Task StartAsync(CancellationToken cancellationToken) =>
        Host.Measured is null ? Task.CompletedTask : base.StartAsync(cancellationToken);

    protected override Task SweepAsync()
    {
        var now = Host.Time.GetUtcNow();
        var read = Host.Store.Read(session =>
            QueueTable
                .List(session, "")
                .ConvertAll(queue =>
                    (queue.Name, Counts: MessageTable.Count(session, queue.Name, now), Oldest: MessageTable.Oldest(session, queue.Name))
                )
        );
        foreach (var (name, counts, oldest) in read)
        {
            var queue = ("QueueName", name);
            Host.Measure(Space, "ApproximateNumberOfMessagesVisible", counts.Visible, "Count", queue);
            Host.Measure(Space, "ApproximateAgeOfOldestMessage", oldest is { } sent ? (now - sent).TotalSeconds : 0, "Seconds", queue);
        }

        return Task.CompletedTask;
    }
}
