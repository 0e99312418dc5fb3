using System.Text.Json.Nodes;
using FairShare.Exchange.Evidence;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the handler of steps 4 and 5.</summary>
internal static class ChallengeMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "origin-at-step-5",
            "RequestDownload",
            "sends the evidence of origin with the challenge",
            Promise.Fairness,
            ReceiptSchedules.Challenged
        )
        {
            Defect = new("RequestDownload") { Reply = (world, body) => body[Witness.Leak] = world.Note },
        },
        new(
            "digest-at-step-5",
            "RequestDownload",
            "sends the document's digest with the challenge, from which it can be guessed",
            Promise.HiddenUntilReceipted,
            ReceiptSchedules.Challenged
        )
        {
            Defect = new("RequestDownload")
            {
                Reply = (world, body) => body[Witness.Leak] = Noted(world).Document.RequireDigest().Value.ToString(),
            },
        },
        new(
            "salt-at-step-5",
            "RequestDownload",
            "sends the salt of the commitment with the challenge",
            Promise.HiddenUntilReceipted,
            ReceiptSchedules.Challenged
        )
        {
            Defect = new("RequestDownload") { Reply = (world, body) => body[Witness.Leak] = Noted(world).Salt.ToString() },
        },
        new(
            "audience-is-not-asked",
            "RequestDownload",
            "gives a challenge to whoever asks",
            Promise.BoundToParty,
            PartySchedules.RequestedByStranger
        )
        {
            Defect = new("RequestDownload")
            {
                Wire = Wires.Finds("DOCUMENT", (_, item) => item["audience"] = new JsonObject { ["L"] = new JsonArray() }),
            },
        },
    ];

    private static EvidenceStatement Noted(MutationWorld world) => EvidenceToken.Parse(world.Note).Statement;
}
