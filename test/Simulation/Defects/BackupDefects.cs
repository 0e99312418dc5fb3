using System.Text.Json.Nodes;
using FairShare.Simulation.Histories;

namespace FairShare.Simulation.Defects;

/// <summary>Defects of a peer: it signs that it has done what it has not done, or does it wrongly.</summary>
internal static class BackupDefects
{
    public static IReadOnlyList<Defect> All { get; } =
    [
        new("a-deletion-is-signed-and-not-done", "has signed that it has deleted")
        {
            First = 19,
            Kind = HistoryKind.Backup,
            Rewrite = CallEdits.At("DeleteShare", "TransactWriteItems", WriteElsewhere),
        },
        new("a-receipt-for-nothing", "is not restored by all peers")
        {
            First = 99,
            Kind = HistoryKind.Backup,
            Rewrite = CallEdits.At("ConfirmShare", "TransactWriteItems", WriteElsewhere),
        },
        new("a-refresh-is-signed-and-not-done", "who has signed that it is in the epoch")
        {
            First = 99,
            Kind = HistoryKind.Backup,
            Rewrite = CallEdits.At("ApplyRefresh", "TransactWriteItems", WriteElsewhere),
        },
        new("a-new-share-in-the-old-epoch", "who has signed that it is in the epoch")
        {
            First = 99,
            Kind = HistoryKind.Backup,
            Rewrite = CallEdits.At("ApplyRefresh", "TransactWriteItems", StayInTheEpoch),
        },
    ];

    /// <summary>What would be put is put where nobody looks.</summary>
    private static void WriteElsewhere(JsonNode transaction)
    {
        foreach (var write in transaction["TransactItems"]!.AsArray().Where(write => write!["Put"] is not null))
        {
            var put = write!["Put"]!.AsObject();
            put["Item"]!["sk"] = new JsonObject { ["S"] = "ELSEWHERE" };
            put.Remove("ConditionExpression");
            put.Remove("ExpressionAttributeValues");
            put.Remove("ExpressionAttributeNames");
        }
    }

    private static void StayInTheEpoch(JsonNode transaction)
    {
        foreach (var write in transaction["TransactItems"]!.AsArray())
        {
            if (write!["Put"]?["Item"]?["epoch"] is { } epoch)
            {
                epoch["N"] = "0";
            }
        }
    }
}
