using System.Text.Json.Nodes;
using FairShare.Simulation.Histories;
using FairShare.Testing;

namespace FairShare.Simulation.Defects;

/// <summary>Defects of the vault.</summary>
internal static class VaultDefects
{
    public static IReadOnlyList<Defect> All { get; } =
    [
        new("opens-without-a-limit", "times, and may be")
        {
            First = 110,
            Kind = HistoryKind.Vault,
            Rewrite = CallEdits.At("OpenVaultItem", "TransactWriteItems", SharedDefects.OpenWithoutALimit),
        },
        new("guesses-are-not-charged", "wrong guesses")
        {
            First = 38,
            Kind = HistoryKind.Vault,
            Rewrite = CallEdits.At("OpenVaultItem", "UpdateItem", SharedDefects.GuessForNothing),
        },
        new("an-erased-item-keeps-its-body", "has ended, and there is its body")
        {
            First = 2,
            Kind = HistoryKind.Vault,
            Rewrite = CallEdits.At("DeleteVaultItem", "TransactWriteItems", body => Leave(body, "Delete", "BODY")),
        },
        new("an-erased-item-keeps-its-room", "has ended, and 1 items")
        {
            First = 2,
            Kind = HistoryKind.Vault,
            Rewrite = CallEdits.At("DeleteVaultItem", "TransactWriteItems", body => Leave(body, "Update", "QUOTA")),
        },
    ];

    /// <summary>Takes the write of an item out of a transaction.</summary>
    private static void Leave(JsonNode transaction, string kind, string sort)
    {
        var writes = transaction["TransactItems"]!.AsArray();
        foreach (var write in writes.Where(write => write![kind]?["Key"]?["sk"]?["S"]?.GetValue<string>() == sort).ToList())
        {
            writes.Remove(write);
        }
    }
}
