using FairShare.Client.Trust;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Evidence;

/// <summary>What came out of verifying a folder.</summary>
/// <param name="State">How the exchange ended, as its evidence says; <c>Deposited</c> for the evidence of a deposit. Counts only when all
/// holds.</param>
/// <param name="Statement">What it is about; null when that cannot be read. Counts only when all holds.</param>
/// <param name="Document">The document, with its digest where that is stated.</param>
/// <param name="Checks">All checks, those of the document and of the store's keys included.</param>
/// <param name="Anchor">Who vouches for the keys of the store; null when nobody does.</param>
public sealed record FolderVerdict(
    string State,
    EvidenceStatement? Statement,
    DocumentDescription? Document,
    IReadOnlyList<EvidenceCheck> Checks,
    StoreAnchor? Anchor
)
{
    /// <summary>What is believed besides, and by which anchor, a line each: of the log, its witnesses, and stamps.</summary>
    public IReadOnlyList<string> Beliefs { get; init; } = [];

    /// <summary>Whether every check passed. Without an anchor that means that the evidence is consistent, and no more.</summary>
    public bool Holds => Checks.All(check => check.Passed);

    /// <summary>Whether every check passed, and somebody vouches for the keys of the store.</summary>
    public bool IsVerified => Holds && Anchor is not null;

    /// <summary>Whether the document's bytes were among what was checked.</summary>
    public bool DocumentWasChecked => Checks.Any(check => check.Name == "document.digest");
}
