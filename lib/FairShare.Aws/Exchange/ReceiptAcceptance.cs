using FairShare.Exchange.Evidence;

namespace FairShare.Aws.Exchange;

/// <summary>What a receipt hands to the workflow, which commits it (step 6).</summary>
/// <param name="Receipt">The verified NRR.</param>
/// <param name="Release">The sealed release.</param>
/// <param name="Origin">The NRO, for the message of step 8.</param>
public sealed record ReceiptAcceptance(EvidenceToken Receipt, EvidenceToken Release, EvidenceToken Origin);
