using Amazon.SQS;
using Amazon.SQS.Model;

namespace FairShare.Aws.Webhooks;

/// <summary>The queue of deliveries: what is not delivered stays in it, out of sight until the next attempt.</summary>
/// <param name="client">The SQS client, with the function's own role.</param>
/// <param name="url">The queue's URL.</param>
public sealed class WebhookQueue(IAmazonSQS client, string url)
{
    /// <summary>
    /// The longest time for which a message is kept out of sight. SQS has twelve hours, counted from when it was received: an attempt has
    /// gone by then.
    /// </summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromHours(12) - TimeSpan.FromMinutes(10);

    /// <summary>Hands a message to whoever delivers.</summary>
    public Task SendAsync(string body, CancellationToken cancellationToken) =>
        client.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = body }, cancellationToken);

    /// <summary>Keeps a message that was received out of sight for a while; then it is received again.</summary>
    public Task DelayAsync(string receiptHandle, TimeSpan delay, CancellationToken cancellationToken) =>
        client.ChangeMessageVisibilityAsync(
            new ChangeMessageVisibilityRequest
            {
                QueueUrl = url,
                ReceiptHandle = receiptHandle,
                VisibilityTimeout = (int)Math.Ceiling(delay.TotalSeconds),
            },
            cancellationToken
        );
}
