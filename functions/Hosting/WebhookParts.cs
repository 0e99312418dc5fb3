using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Hosting;

/// <summary>The parts that handlers of webhooks are made of; each is made when it is first asked for.</summary>
internal sealed class WebhookParts(AwsClients clients, FunctionSettings settings, TimeProvider time, IRandomness randomness)
{
    private readonly Lazy<ItemTable> table = new(() =>
        new ItemTable(clients.DynamoDb(), settings.WebhookTable, new ConflictRetry(time, randomness))
    );

    private readonly Lazy<WebhookSecrets> secrets = new(() => new WebhookSecrets(clients.Kms(), settings.WebhookKey));

    private readonly Lazy<WebhookQueue> queue = new(() => new WebhookQueue(clients.Sqs(), settings.WebhookQueue));

    private readonly Lazy<WebhookSender> sender = new(() =>
        new WebhookSender(new CheckedConnections(new AddressRule(settings.DeliversToLoopback)).Open(), time)
    );

    private readonly Lazy<QueueSender> queueSender = new(() =>
        new QueueSender(new PartnerRoles(clients.Sts()), clients.Sqs, settings.EndpointUrl, time, randomness)
    );

    public AddressRule Rule => new(settings.DeliversToLoopback);

    public WebhookRepository Endpoints => new(table.Value);

    public DeliveryRepository Deliveries => new(table.Value);

    public WebhookSecrets Secrets => secrets.Value;

    public WebhookQueue Queue => queue.Value;

    public WebhookSender Sender => sender.Value;

    public QueueSender QueueSender => queueSender.Value;

    /// <summary>The secrets with which a message to an endpoint is signed now, the present one first.</summary>
    public Task<byte[][]> KeysOfAsync(WebhookRecord webhook, CancellationToken cancellationToken) =>
        Task.WhenAll(
            webhook.Generations(time.GetUtcNow()).Select(generation => Secrets.DeriveAsync(webhook.Id, generation, cancellationToken))
        );
}
