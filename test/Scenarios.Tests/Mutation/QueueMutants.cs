using System.Text.Json.Nodes;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the handler of the store's queue.</summary>
internal static class QueueMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "envelope-is-believed",
            "ReceiveProtocolMessages",
            "takes the party that the envelope claims, whoever has sent it",
            Promise.EndedByRight,
            PartySchedules.AbortedInAnothersName
        )
        {
            Defect = new("ReceiveProtocolMessages")
            {
                Wire = async (world, call, next) =>
                {
                    var answer = await next(call.Body);
                    if (call.Operation == "Query" && answer.Body["Items"] is JsonArray { Count: 0 } items)
                    {
                        items.Add(
                            new JsonObject
                            {
                                ["pk"] = Wires.Text("SENDER#anybody"),
                                ["sk"] = Wires.Text(world.Note),
                                ["party"] = Wires.Text(world.Note),
                            }
                        );
                    }

                    return answer;
                },
            },
        },
    ];
}
