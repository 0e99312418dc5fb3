namespace FairShare.Simulation.Histories;

/// <summary>What a history is about.</summary>
internal enum HistoryKind
{
    /// <summary>Exchanges over one document or two.</summary>
    Exchange,

    /// <summary>Items of the vault.</summary>
    Vault,

    /// <summary>A dispersed backup with its peers.</summary>
    Backup,
}

/// <summary>Which seed is of which kind: of twenty, fourteen are exchanges, five the vault, and one a backup.</summary>
internal static class HistoryKinds
{
    public static HistoryKind Of(long seed) =>
        seed % 20 == 19 ? HistoryKind.Backup
        : seed % 4 == 2 ? HistoryKind.Vault
        : HistoryKind.Exchange;
}
