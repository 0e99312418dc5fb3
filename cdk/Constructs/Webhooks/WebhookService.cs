using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Aws.Webhooks;
using FairShare.Cdk.Constructs.Exchange;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Webhooks;

/// <summary>Webhooks: a table and two queues of their own, the key behind their secrets, and the functions that deliver.</summary>
public sealed class WebhookService : Construct
{
    private readonly Key secrets;
    private readonly bool sendsNotices;

    public WebhookService(Construct scope, string id, DeploymentStage stage, Delivery delivery)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        sendsNotices = stage.NoticeSender is not null;
        Table = new WebhookTable(this, "Endpoints", stage);
        Events = new WebhookEvents(this, "Events", delivery);
        Deliveries = new WebhookDeliveries(this, "Deliveries");
        secrets = new Key(
            this,
            "Secrets",
            new KeyProps
            {
                Description = "Derives the secrets of webhooks",
                KeySpec = KeySpec.HMAC_256,
                KeyUsage = KeyUsage.GENERATE_VERIFY_MAC,
                Alias = $"fairshare/{stage.Name}/webhooks",
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
    }

    public WebhookTable Table { get; }

    public WebhookEvents Events { get; }

    public WebhookDeliveries Deliveries { get; }

    /// <summary>Lets a function derive the secrets of endpoints, and tells it where nothing may be delivered.</summary>
    public void GrantDerive(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_WEBHOOK_KEY", secrets.KeyArn);
        // Only the host on one's own machine says on.
        function.AddEnvironment("FAIRSHARE_WEBHOOK_LOOPBACK", "off");
        secrets.Grant(function, "kms:GenerateMac");
    }

    /// <summary>
    /// Lets a function assume roles of partners, in whatever account: those of a path that no role of the service has, so that it can
    /// become none of its own.
    /// </summary>
    public void GrantPartnerRoles(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var roles = Stack
            .Of(this)
            .FormatArn(
                new ArnComponents
                {
                    Service = "iam",
                    Region = "",
                    Account = "*",
                    Resource = "role",
                    ResourceName = PartnerQueue.RolePath + "*",
                }
            );
        function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["sts:AssumeRole"], Resources = [roles] }));
    }

    /// <summary>Tells a function whether the deployment mails notices.</summary>
    public void DescribeNotices(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_NOTICES", sendsNotices ? "on" : "off");
    }

    /// <summary>Lets a function order deliveries.</summary>
    public void GrantOrder(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_WEBHOOK_QUEUE", Deliveries.Queue.QueueUrl);
        Deliveries.Queue.Grant(function, "sqs:SendMessage");
    }

    /// <summary>Makes the functions that handle the queues.</summary>
    public void HandledBy(FunctionFactory functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        var spread = functions.Create("SpreadWebhooks", Duration.Seconds(WebhookEvents.FunctionSeconds));
        Table.Grant(spread, [WebhookPartitions.Party], "Query");
        Table.Grant(spread, [WebhookPartitions.Webhook], "GetItem", "PutItem");
        GrantOrder(spread);
        Events.HandledBy(spread);
        var deliver = functions.Create("DeliverWebhook", Duration.Seconds(WebhookDeliveries.FunctionSeconds));
        deliver.AddEnvironment("FAIRSHARE_WEBHOOK_QUEUE", Deliveries.Queue.QueueUrl);
        Table.Grant(deliver, [WebhookPartitions.Party], "GetItem", "UpdateItem");
        Table.Grant(deliver, [WebhookPartitions.Webhook], "GetItem", "PutItem");
        GrantDerive(deliver);
        GrantPartnerRoles(deliver);
        Deliveries.HandledBy(deliver);
    }
}
