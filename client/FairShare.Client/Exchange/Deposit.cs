using FairShare.Client.Evidence;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Exchange;

/// <summary>A deposited document.</summary>
/// <param name="Origin">The evidence of origin.</param>
/// <param name="Receipt">The store's deposit receipt, verified.</param>
/// <param name="Folder">Where both are kept.</param>
public sealed record Deposit(EvidenceToken Origin, EvidenceToken Receipt, EvidenceFolder Folder)
{
    /// <summary>The document.</summary>
    public DocumentDescription Document => Origin.Statement.Document;
}
