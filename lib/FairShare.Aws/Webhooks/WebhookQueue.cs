using Amazon.SQS;
using Amazon.SQS.Model;
using FairShare.Core.Identifiers;

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
    /// <param name="party">Whose endpoint it is for. Where a party has a large part of what is in flight, SQS gives the messages of
    /// others first: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html.</param>
    /// <param name="body">The message.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task SendAsync(PartyId party, string body, CancellationToken cancellationToken) =>
        client.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = url,
                MessageBody = body,
                MessageGroupId = party.ToString(),
            },
            cancellationToken
        );

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
