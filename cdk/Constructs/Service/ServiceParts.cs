using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Exchange;
using FairShare.Cdk.Constructs.Log;
using FairShare.Cdk.Constructs.Parties;
using FairShare.Cdk.Constructs.Timestamps;
using FairShare.Cdk.Constructs.Vault;
using FairShare.Cdk.Constructs.Webhooks;

namespace FairShare.Cdk.Constructs.Service;

/// <summary>The parts that handlers are granted the use of.</summary>
public sealed record ServiceParts(
    Identity Identity,
    EvidenceTable Evidence,
    DocumentBucket Documents,
    SigningKeys Keys,
    ExchangeWorkflow Workflow,
    Delivery Delivery,
    ProtocolQueue ProtocolQueue,
    VaultStore Vault,
    EvidenceLog Log,
    TimestampKey Timestamps,
    WebhookService Webhooks
);
