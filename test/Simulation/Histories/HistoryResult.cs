using FairShare.Simulation.Faults;

namespace FairShare.Simulation.Histories;

/// <summary>What came of a history.</summary>
/// <param name="Plan">The history.</param>
/// <param name="Violation">Which promise was broken first; null when all held.</param>
/// <param name="Endings">How what it was about ended.</param>
/// <param name="Faults">What went wrong meanwhile.</param>
/// <param name="Calls">How many calls of services were answered or refused.</param>
/// <param name="Digest">Of all these calls with their times, and of the digests of their answers: equal for an equal history.</param>
internal sealed record HistoryResult(
    HistoryPlan Plan,
    string? Violation,
    IReadOnlyList<string> Endings,
    IReadOnlyList<StruckFault> Faults,
    long Calls,
    string Digest
)
{
    public long Seed => Plan.Seed;

    public override string ToString() =>
        $"history {Seed}: {(Violation is null ? "" : $"VIOLATED: {Violation} ")}{Plan.Kind} {string.Join(' ', Endings)}, "
        + $"{Calls} calls, {Faults.Count} faults, {Digest}";
}
