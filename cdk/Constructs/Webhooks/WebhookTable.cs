using Constructs;
using FairShare.Aws.Webhooks;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Tables;

namespace FairShare.Cdk.Constructs.Webhooks;

/// <summary>The table of webhooks; its items are in docs/webhooks.md. Nothing in it proves anything.</summary>
public sealed class WebhookTable(Construct scope, string id, DeploymentStage stage)
    : TimedTable(scope, id, PropsOf(stage), "FAIRSHARE_WEBHOOK_TABLE", WebhookIndexes.DeliveriesByWebhook);
