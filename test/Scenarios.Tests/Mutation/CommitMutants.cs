using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the exchange's state machine between a receipt and its delivery.</summary>
internal static class CommitMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "commit-ignores-the-abort",
            "state Commit",
            "commits without asking whether the document's gate is shut",
            Promise.Fairness,
            AbortSchedules.ReceiptAfterAbort
        )
        {
            Template = TemplateEdits.States(SharedDefects.CommitIgnoresTheAbort),
        },
        new(
            "commit-leaves-out-the-release",
            "state Commit",
            "puts the receipt, and not the release that goes with it",
            Promise.Fairness,
            Schedules.Completes
        )
        {
            Template = TemplateEdits.States(states => states.Write("Commit", 0)["Item"].Drop("release")),
        },
        new(
            "commit-counts-nothing",
            "state Commit",
            "checks the gate, and does not count the acquisition on it",
            Promise.Fairness,
            AbortSchedules.AbortAfterCompletion
        )
        {
            Template = TemplateEdits.States(states => states.Write("Commit", 1)["UpdateExpression"] = "SET visits = :one"),
        },
        new(
            "commit-has-no-catch",
            "state Commit",
            "fails the execution when contention outlasts its retries",
            Promise.NothingLost,
            FaultSchedules.Contention
        )
        {
            Template = TemplateEdits.States(states => states["Commit"].Drop("Catch")),
        },
        new(
            "contention-ends-as-an-abort",
            "state SealEnding",
            "does not hand over the receipt in hand, so that a failed commit is sealed as an abort",
            Promise.NothingLost,
            FaultSchedules.Contention
        )
        {
            Template = TemplateEdits.States(SharedDefects.SealingForgetsTheReceipt),
        },
        new(
            "receipt-delivered-before-the-commit",
            "state Open",
            "goes on to Publish, which goes on to Commit",
            Promise.Fairness,
            AbortSchedules.ReceiptAfterAbort
        )
        {
            Template = TemplateEdits.States(states =>
            {
                states["Publish"].Drop("End");
                (states["Open"]!["Next"], states["Publish"]!["Next"]) = ("Publish", "Commit");
                states["Publish"]!["ResultPath"] = null;
                states["Commit"].Drop("Next");
                states["Commit"]!["End"] = true;
            }),
        },
        new("completion-is-not-published", "state Commit", "ends the execution", Promise.NothingLost, Schedules.Completes)
        {
            Template = TemplateEdits.States(states =>
            {
                states["Commit"].Drop("Next");
                states["Commit"]!["End"] = true;
            }),
        },
        new(
            "completion-is-published-to-one",
            "state Publish",
            "tells the uploader twice, as a queue may, and the downloader never",
            Promise.NothingLost,
            Schedules.Completes
        )
        {
            Template = TemplateEdits.States(states =>
            {
                var entries = states["Publish"]!["Parameters"]!["Entries"]!.AsArray();
                entries[0]!["Detail"].Drop("downloaderMessage");
                entries.Add(entries[0]!.DeepClone());
            }),
        },
    ];
}
