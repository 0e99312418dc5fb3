namespace FairShare.Audit.Findings;

/// <summary>What an audit has against the store.</summary>
/// <param name="Code">What kind of fault, in stable words, for example <c>not-in-log</c> or <c>evidence:nrr.signature</c>.</param>
/// <param name="Subject">What is concerned: a partition of the table, or a leaf of the log.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record AuditFinding(string Code, string Subject, string Detail)
{
    /// <summary>The code that tells nothing of the store, but that not all of it could be looked at.</summary>
    public const string Incomplete = "incomplete";
}
