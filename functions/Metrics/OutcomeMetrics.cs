namespace FairShare.Functions.Metrics;

/// <summary>What handlers count themselves, because the sequencer does not see it.</summary>
internal static class OutcomeMetrics
{
    /// <summary>Items of the vault that were opened.</summary>
    public const string VaultOpens = "VaultOpens";

    /// <summary>Attempts to open that were refused because there had been too many wrong ones.</summary>
    public const string VaultLocks = "VaultLocks";

    /// <summary>Bodies of backups that a peer has read to the end, and said what it found.</summary>
    public const string BackupChecks = "BackupChecks";
}
