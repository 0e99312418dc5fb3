using System.Text.Json.Nodes;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the handlers of step a.</summary>
internal static class AbortMutants
{
    private const string Write = "TransactWriteItems";
    private const string UnlessAcquired = " AND attribute_not_exists(acquisitions)";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("abort-of-anybody", "AbortDocument", "does not ask who calls", Promise.EndedByRight, PartySchedules.AbortedByReader)
        {
            Defect = new("AbortDocument") { Event = (world, payload) => payload.CallAs(world.Alice) },
        },
        new(
            "abort-ignores-acquisitions",
            "AbortDocument",
            "writes without the condition that nobody has acquired the document since it counted",
            Promise.Fairness,
            AbortSchedules.ReceiptWithinAbort
        )
        {
            Defect = new("AbortDocument")
            {
                Wire = Wires.Asks(
                    Write,
                    (_, body) =>
                    {
                        foreach (var update in body["TransactItems"]!.AsArray().Select(item => item!["Update"]).OfType<JsonObject>())
                        {
                            var condition = update["ConditionExpression"]!.GetValue<string>();
                            update["ConditionExpression"] = condition.Replace(UnlessAcquired, "", StringComparison.Ordinal);
                        }
                    }
                ),
            },
        },
        new(
            "abort-shuts-no-gate",
            "AbortDocument",
            "marks the document, and none of the gates at which commits ask",
            Promise.Fairness,
            AbortSchedules.ReceiptAfterAbort
        )
        {
            Defect = new("AbortDocument")
            {
                Wire = Wires.Asks(
                    Write,
                    (_, body) => body["TransactItems"]!.AsArray().RemoveAll(item => item!["Update"] is { } update && IsGate(update))
                ),
            },
        },
        new("abort-tells-nobody", "AbortDocument", "sends nothing to the queue of endings", Promise.Timeliness, AbortSchedules.Aborted)
        {
            Defect = new("AbortDocument") { Wire = Wires.Leaves("PutEvents", """{"FailedEntryCount":0,"Entries":[{"EventId":"none"}]}""") },
        },
        new(
            "withdrawn-bytes-are-deleted",
            "EndExchanges",
            "deletes the bytes of a document that somebody has acquired",
            Promise.Fairness,
            AbortSchedules.AbortAfterCompletion
        )
        {
            Defect = new("EndExchanges") { Wire = Wires.Finds("DOCUMENT", (_, item) => item["aborted"] = Wires.Text("Deleted")) },
        },
        new(
            "sealing-forgets-the-abort",
            "SealEnding",
            "does not ask whether the document is aborted",
            Promise.Timeliness,
            AbortSchedules.ReceiptAfterAbort
        )
        {
            Defect = new("SealEnding") { Wire = Wires.Finds("DOCUMENT", (_, item) => item.Remove("aborted")) },
        },
        new(
            "sealing-forgets-the-ending",
            "SealEnding",
            "does not ask whether an ending stands in the table",
            Promise.NothingLost,
            FaultSchedules.LostCommit
        )
        {
            Defect = new("SealEnding") { Wire = Wires.Exchange((_, items) => items.RemoveAll(item => item!["state"] is not null)) },
        },
    ];

    private static bool IsGate(JsonNode update) =>
        update["Key"]!["sk"]!["S"]!.GetValue<string>().StartsWith("GATE#", StringComparison.Ordinal);
}
