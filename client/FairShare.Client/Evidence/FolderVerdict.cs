using FairShare.Protocol.Evidence;

namespace FairShare.Client.Evidence;

/// <summary>What came out of verifying a folder.</summary>
/// <param name="State">How the exchange ended, as its evidence says; <c>Deposited</c> for the evidence of a deposit. Counts only when all holds.</param>
/// <param name="Statement">What it is about; null when that cannot be read. Counts only when all holds.</param>
/// <param name="Checks">All checks, those of the document included.</param>
public sealed record FolderVerdict(string State, EvidenceStatement? Statement, IReadOnlyList<EvidenceCheck> Checks)
{
    /// <summary>Whether every check passed.</summary>
    public bool Holds => Checks.All(check => check.Passed);

    /// <summary>Whether the document's bytes were among what was checked.</summary>
    public bool DocumentWasChecked => Checks.Any(check => check.Name == "document.digest");
}
