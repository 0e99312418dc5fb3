namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Every seeded defect; docs/mutants.md has them as a table.</summary>
internal static class MutantCatalog
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        .. CommitMutants.All,
        .. WorkflowMutants.All,
        .. TableMutants.All,
        .. DepositMutants.All,
        .. ChallengeMutants.All,
        .. ReceiptMutants.All,
        .. ViewMutants.All,
        .. AbortMutants.All,
        .. KeyMutants.All,
        .. QueueMutants.All,
        .. VaultMutants.All,
    ];

    public static IEnumerable<Schedule> Schedules => All.Select(mutant => mutant.Schedule).DistinctBy(schedule => schedule.Name);
}
