using FairShare.Aws.Notices;
using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Hosting;

/// <summary>The parts that handlers of notices are made of; each is made when it is first asked for.</summary>
internal sealed class NoticeParts(AwsClients clients, FunctionSettings settings, TimeProvider time, IRandomness randomness)
{
    private readonly Lazy<ItemTable> table = new(() =>
        new ItemTable(clients.DynamoDb(), settings.WebhookTable, new ConflictRetry(time, randomness))
    );

    private readonly Lazy<WebhookQueue> queue = new(() => new WebhookQueue(clients.Sqs(), settings.NoticeQueue));

    private readonly Lazy<Mailer> mailer = new(() => new Mailer(clients.Ses(), settings.NoticeSender));

    public NoticeRepository Settings => new(table.Value);

    public WebhookQueue Queue => queue.Value;

    public Mailer Mailer => mailer.Value;
}
