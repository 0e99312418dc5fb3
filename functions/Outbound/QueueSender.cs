using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Outbound;

/// <summary>
/// Sends signed messages to queues of partners, by a role of theirs that trusts the service for one webhook. The body is the message; the
/// headers of Standard Webhooks are attributes of the same names.
/// </summary>
/// <param name="roles">Assumes roles.</param>
/// <param name="connect">Makes a client of SQS by a role's credentials, in a region.</param>
/// <param name="endpoint">Where AWS answers; null for AWS itself.</param>
/// <param name="time">The clock.</param>
/// <param name="randomness">Draws the ids of webhooks that do not exist.</param>
internal sealed class QueueSender(
    PartnerRoles roles,
    Func<AWSCredentials, string, IAmazonSQS> connect,
    string? endpoint,
    TimeProvider time,
    IRandomness randomness
)
{
    /// <summary>The failure of a role that does not ask for this webhook's external id: it would send for whoever names it.</summary>
    public const string Open = "role-open";

    /// <summary>Sends a message once it is shown that the role trusts the service for this webhook alone.</summary>
    public Task<WebhookAnswer> ProveAsync(
        WebhookRecord webhook,
        string messageId,
        string body,
        byte[][] keys,
        CancellationToken cancellationToken
    ) =>
        AnswerAsync(async () =>
            await IsOpenAsync(webhook.Role!, cancellationToken)
                ? new(null, Open)
                : await DeliverAsync(webhook, messageId, body, keys, cancellationToken)
        );

    /// <summary>Sends a message.</summary>
    public Task<WebhookAnswer> SendAsync(
        WebhookRecord webhook,
        string messageId,
        string body,
        byte[][] keys,
        CancellationToken cancellationToken
    ) => AnswerAsync(() => DeliverAsync(webhook, messageId, body, keys, cancellationToken));

    // Without an id, and with that of a webhook that nobody has: a pattern in the role's trust would let others in.
    private async Task<bool> IsOpenAsync(string role, CancellationToken cancellationToken) =>
        await roles.TryAssumeAsync(role, null, cancellationToken) is not null
        || await roles.TryAssumeAsync(role, WebhookRecord.ExternalIdOf(WebhookId.New(randomness)), cancellationToken) is not null;

    private static async Task<WebhookAnswer> AnswerAsync(Func<Task<WebhookAnswer>> send)
    {
        try
        {
            return await send();
        }
        catch (AmazonSQSException)
        {
            return new(null, "queue-refused");
        }
        catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return new(null, "unreachable");
        }
    }

    private async Task<WebhookAnswer> DeliverAsync(
        WebhookRecord webhook,
        string messageId,
        string body,
        byte[][] keys,
        CancellationToken cancellationToken
    )
    {
        var queue = PartnerQueue.Find(webhook.Url, webhook.Role!) ?? throw new InvalidOperationException("The webhook is no queue.");
        if (await roles.TryAssumeAsync(queue.Role, webhook.ExternalId, cancellationToken) is not { } credentials)
        {
            return new(null, "role-refused");
        }

        using var client = connect(credentials, queue.Region);
        await client.SendMessageAsync(Write(queue, messageId, body, keys), cancellationToken);
        return new(null, null);
    }

    private SendMessageRequest Write(PartnerQueue queue, string messageId, string body, byte[][] keys)
    {
        var sentAt = WebhookSignature.WriteTime(time.GetUtcNow());
        return new()
        {
            QueueUrl = UrlOf(queue),
            MessageBody = body,
            MessageAttributes = new()
            {
                ["webhook-id"] = Text(messageId),
                ["webhook-timestamp"] = Text(sentAt),
                ["webhook-signature"] = Text(WebhookSignature.Sign(messageId, sentAt, Encoding.UTF8.GetBytes(body), keys)),
            },
        };
    }

    private string UrlOf(PartnerQueue queue)
    {
        var suffix = RegionEndpoint.GetBySystemName(queue.Region).PartitionDnsSuffix;
        return $"{endpoint?.TrimEnd('/') ?? $"https://sqs.{queue.Region}.{suffix}"}/{queue.Account}/{queue.Name}";
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
