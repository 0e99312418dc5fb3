using FairShare.Cdk.Constructs;

namespace FairShare.Cdk;

/// <summary>The parts that handlers are granted the use of.</summary>
public sealed record ServiceParts(
    Identity Identity,
    EvidenceTable Evidence,
    DocumentBucket Documents,
    SigningKeys Keys,
    ExchangeWorkflow Workflow,
    Delivery Delivery,
    ProtocolQueue ProtocolQueue
);
