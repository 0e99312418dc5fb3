using System.Text.Json.Nodes;
using FairShare.Exchange.Evidence;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the handlers of step 6 and of a refusal.</summary>
internal static class ReceiptMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "receipt-of-another-exchange",
            "SubmitReceipt",
            "compares the receipt with the challenge that it names, not with that of the exchange",
            Promise.AcceptedMeansProven,
            ReceiptSchedules.OfAnother
        )
        {
            Defect = new("SubmitReceipt")
            {
                Wire = Wires.Exchange(
                    (world, items) =>
                    {
                        foreach (var item in items.Where(item => item!["challenge"] is not null))
                        {
                            item!["challenge"] = Wires.Text(world.Note);
                            item["documentId"] = Wires.Text(Noted(world).Document.Id.ToString());
                        }
                    }
                ),
            },
        },
        new(
            "receipt-under-anybodys-key",
            "SubmitReceipt",
            "looks for the key by its id alone, whoever has it",
            Promise.AcceptedMeansProven,
            ReceiptSchedules.SignedByAnother
        )
        {
            Defect = new("SubmitReceipt")
            {
                Wire = async (world, call, next) =>
                {
                    var answer = await next(call.Body);
                    if (
                        call.Operation != "GetItem"
                        || !call.Sort.StartsWith("KEY#", StringComparison.Ordinal)
                        || answer.Body["Item"] is not null
                    )
                    {
                        return answer;
                    }

                    var own = call.Partition;
                    call.Body["Key"]!["pk"] = Wires.Text(world.Note);
                    answer = await next(call.Body);
                    answer.Body["Item"]?["pk"] = Wires.Text(own);
                    return answer;
                },
            },
        },
        new(
            "retired-key-accepted",
            "SubmitReceipt",
            "does not ask whether the key has been retired",
            Promise.AcceptedMeansProven,
            ReceiptSchedules.SignedWithARetiredKey
        )
        {
            Defect = new("SubmitReceipt")
            {
                Wire = Wires.Finds(
                    "KEY#",
                    (_, item) =>
                    {
                        item.Remove("retiredAt");
                        item.Remove("retiringAt");
                    }
                ),
            },
        },
        new(
            "released-before-the-commit",
            "SubmitReceipt",
            "answers with the evidence of origin as soon as the workflow has taken the receipt",
            Promise.Fairness,
            FaultSchedules.Contention
        )
        {
            Defect = new("SubmitReceipt") { Wire = ReleaseWhenTakenAsync },
        },
        new(
            "receipt-is-not-handed-over",
            "SubmitReceipt",
            "answers, and tells the workflow nothing",
            Promise.NothingLost,
            Schedules.Completes
        )
        {
            Defect = new("SubmitReceipt") { Wire = Wires.Leaves("SendTaskSuccess") },
        },
        new("refusal-is-not-handed-over", "Decline", "answers, and tells the workflow nothing", Promise.NothingLost, Schedules.Declined)
        {
            Defect = new("Decline") { Wire = Wires.Leaves("SendTaskFailure") },
        },
    ];

    private static EvidenceStatement Noted(MutationWorld world) => EvidenceToken.Parse(world.Note).Statement;

    private static async Task<WireAnswer> ReleaseWhenTakenAsync(MutationWorld world, WireCall call, WireNext next)
    {
        if (call.Operation == "SendTaskSuccess")
        {
            world.Note = call.Body["output"]!.GetValue<string>();
        }

        var answer = await next(call.Body);
        if (call.Operation == "Query" && world.Note.Length > 0 && answer.Body["Items"] is JsonArray items)
        {
            var taken = JsonNode.Parse(world.Note)!;
            Wires.Complete(items, ("receipt", taken["nrr"]), ("release", taken["release"]));
        }

        return answer;
    }
}
