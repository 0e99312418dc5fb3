namespace FairShare.Audit.Findings;

/// <summary>What an audit came to.</summary>
/// <param name="Options">What was audited.</param>
/// <param name="Items">How many items the table's export had.</param>
/// <param name="Tokens">How many tokens the table has, each counted once.</param>
/// <param name="Leaves">How many leaves the log has.</param>
/// <param name="States">How many exchanges stand how, of those that were verified.</param>
/// <param name="Days">How many exchanges were opened on which day (UTC), of those.</param>
/// <param name="Findings">What is wrong.</param>
public sealed record AuditReport(
    AuditOptions Options,
    long Items,
    long Tokens,
    long Leaves,
    IReadOnlyDictionary<string, int> States,
    IReadOnlyDictionary<string, int> Days,
    IReadOnlyList<AuditFinding> Findings
)
{
    /// <summary>What was read of the log; null where it is not what it must be.</summary>
    public AuditedLog? Log { get; init; }

    /// <summary>Whether everything was looked at that was to be.</summary>
    public bool IsComplete => Findings.All(finding => finding.Code != AuditFinding.Incomplete);
}
