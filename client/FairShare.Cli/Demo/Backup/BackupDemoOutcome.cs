using FairShare.Exchange.Evidence;

namespace FairShare.Cli.Demo.Backup;

/// <summary>What the demonstration came to.</summary>
/// <param name="Checks">What was shown, and whether it was so.</param>
internal sealed record BackupDemoOutcome(IReadOnlyList<EvidenceCheck> Checks)
{
    public bool Holds => Checks.All(check => check.Passed);
}
