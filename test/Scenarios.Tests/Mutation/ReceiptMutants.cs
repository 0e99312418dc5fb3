namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the handlers of steps 4 to 8.</summary>
internal static class ReceiptMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("abort-of-anybody", "AbortDocument", "does not ask who calls", Promise.EndedByRight, PartySchedules.AbortedByReader)
        {
            Defect = new("AbortDocument") { Event = (world, payload) => payload.CallAs(world.Alice) },
        },
    ];
}
