using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the exchange's state machine in its wait and its other endings, and of the template around it.</summary>
internal static class WorkflowMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("wait-without-an-end", "state Open", "waits for ever", Promise.Timeliness, Schedules.Expires)
        {
            Template = TemplateEdits.States(SharedDefects.WaitWithoutAnEnd),
        },
        new(
            "wait-shorter-than-the-deadline",
            "state Open",
            "waits half a minute, whatever the deadline is",
            Promise.EndedByRight,
            Schedules.LateReceipt
        )
        {
            Template = TemplateEdits.States(states =>
            {
                states["Open"].Drop("TimeoutSecondsPath");
                states["Open"]!["TimeoutSeconds"] = 30;
            }),
        },
        new("wait-has-no-catch", "state Open", "fails the execution at the deadline", Promise.Timeliness, Schedules.Expires)
        {
            Template = TemplateEdits.States(states => states["Open"].Drop("Catch")),
        },
        new("refusal-ends-as-an-expiry", "state CommitEnding", "writes Expired, whatever was sealed", Promise.OneEnding, Schedules.Declined)
        {
            Template = TemplateEdits.States(states =>
            {
                var item = states.Write("CommitEnding", 0)["Item"]!;
                item["state"] = new JsonObject { ["S"] = "Expired" };
            }),
        },
        new(
            "record-is-not-kept",
            "state CommitEnding",
            "puts the ending without the store's record of it",
            Promise.AcceptedMeansProven,
            Schedules.Declined
        )
        {
            Template = TemplateEdits.States(states => states.Write("CommitEnding", 0)["Item"].Drop("record")),
        },
        new(
            "ending-has-no-catch",
            "state CommitEnding",
            "fails the execution when contention outlasts its retries",
            Promise.NothingLost,
            FaultSchedules.ContendedDecline
        )
        {
            Template = TemplateEdits.States(states => states["CommitEnding"].Drop("Catch")),
        },
        new(
            "aborts-are-not-finished",
            "event source of EndExchanges",
            "nobody reads the queue of endings",
            Promise.Timeliness,
            AbortSchedules.Aborted
        )
        {
            Template = TemplateEdits.Without("EndExchangesEndings"),
        },
    ];
}
