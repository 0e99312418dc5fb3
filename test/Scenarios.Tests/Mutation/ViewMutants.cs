using System.Text.Json.Nodes;
using FairShare.Exchange.Evidence;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the handlers that tell of documents and exchanges.</summary>
internal static class ViewMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "document-shows-its-digest",
            "GetDocument",
            "shows the digest to readers, as if the uploader had disclosed it",
            Promise.HiddenUntilReceipted,
            PartySchedules.AskedBefore
        )
        {
            Defect = new("GetDocument") { Wire = Wires.Finds("DOCUMENT", (_, item) => item["disclose"] = Wires.Text("digest")) },
        },
        new(
            "download-before-the-receipt",
            "RenewDownload",
            "does not ask whether the exchange has completed",
            Promise.Fairness,
            PartySchedules.AskedBefore
        )
        {
            Defect = new("RenewDownload") { Wire = Wires.Exchange((_, items) => Wires.Complete(items)) },
        },
        new(
            "evidence-before-the-receipt",
            "GetEvidence",
            "gives both parties what the uploader is given",
            Promise.Fairness,
            PartySchedules.AskedBefore
        )
        {
            Defect = new("GetEvidence") { Event = (world, payload) => payload.CallAs(world.Alice) },
        },
        new("evidence-for-anybody", "GetEvidence", "does not ask who calls", Promise.BoundToParty, PartySchedules.AskedByStranger)
        {
            Defect = new("GetEvidence") { Event = (world, payload) => payload.CallAs(world.Bob) },
        },
        new("inbox-of-another", "ListInbox", "does not ask who calls", Promise.BoundToParty, PartySchedules.AskedByStranger)
        {
            Defect = new("ListInbox") { Event = (world, payload) => payload.CallAs(world.Bob) },
        },
        new(
            "view-guesses-the-ending",
            "GetExchange",
            "says Expired by the clock, while the workflow still waits for a receipt that came in time",
            Promise.OneEnding,
            Schedules.AskedAfterDeadline
        )
        {
            Defect = new("GetExchange")
            {
                Wire = Wires.Exchange(
                    (world, items) =>
                    {
                        if (items.Count == 1 && world.Time.GetUtcNow() > DueOf(items[0]!))
                        {
                            Wires.Complete(items);
                            items[^1]!["state"] = Wires.Text("Expired");
                        }
                    }
                ),
            },
        },
    ];

    private static DateTimeOffset? DueOf(JsonNode opening) =>
        EvidenceToken.Parse(opening["challenge"]!["S"]!.GetValue<string>()).Statement.Due;
}
