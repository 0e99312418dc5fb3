namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the state machine and the template.</summary>
internal static class WorkflowMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("commit-ignores-the-abort", "Commit", "commits without asking whether the document's gate is shut", Promise.Fairness, Schedules.ReceiptAfterAbort)
        {
            Template = Edits.States(states => states.Write("Commit", 1).Drop("ConditionExpression")),
        },
        new("commit-without-release", "Commit", "puts the receipt, and leaves the release for later", Promise.Fairness, Schedules.Completes)
        {
            Template = Edits.States(states => states.Write("Commit", 0)["Item"].Drop("release")),
        },
    ];
}
