using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the handlers of keys.</summary>
internal static class KeyMutants
{
    private const string Write = "TransactWriteItems";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "retirement-takes-effect-at-once",
            "RetireKey",
            "retires the key from the moment of the call, not a minute later",
            Promise.AcceptedMeansProven,
            ReceiptSchedules.RetiredMeanwhile
        )
        {
            Defect = new("RetireKey")
            {
                Wire = Wires.Asks(Write, (_, body) => SharedDefects.RetireEarlier(body, TimeSpan.FromSeconds(60))),
            },
        },
        new("key-of-two-parties", "RegisterKey", "does not ask whose key it is already", Promise.BoundToParty, PartySchedules.OneKeyForTwo)
        {
            Defect = new("RegisterKey")
            {
                Wire = Wires.Asks(
                    Write,
                    (_, body) =>
                    {
                        foreach (var put in body["TransactItems"]!.AsArray().Select(item => item!["Put"]).OfType<JsonObject>())
                        {
                            put.Remove("ConditionExpression");
                        }
                    }
                ),
            },
        },
        new(
            "key-without-proof",
            "RegisterKey",
            "does not ask for the proof that the party has the key's private half",
            Promise.BoundToParty,
            PartySchedules.KeyWithoutItsPrivateHalf
        )
        {
            Defect = new("RegisterKey")
            {
                // What is not asked for might as well be right.
                Event = (world, payload) =>
                {
                    var body = JsonNode.Parse(payload["body"]!.GetValue<string>())!;
                    body["proof"] = world.Note;
                    payload["body"] = body.ToJsonString();
                },
            },
        },
    ];
}
