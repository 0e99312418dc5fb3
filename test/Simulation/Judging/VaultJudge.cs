using TemplateHost.Hosting;

namespace FairShare.Simulation.Judging;

/// <summary>Hears of every change of the vault's table, whose stream has keys alone.</summary>
internal sealed class VaultJudge(Judge judge)
{
    private const string Partition = "VAULT#";
    private readonly Dictionary<string, VaultLedger> ledgers = [];

    /// <summary>Begins to keep the ledger of an item.</summary>
    /// <param name="id">The item.</param>
    /// <param name="opens">How often it may be opened; null for any number.</param>
    public VaultLedger Open(string id, int? opens) => ledgers[id] = new VaultLedger(judge, id, opens);

    public void Change(ItemChange change)
    {
        var partition = TableMirror.Text(change.Keys, "pk")!;
        if (partition.StartsWith(Partition, StringComparison.Ordinal))
        {
            ledgers.GetValueOrDefault(partition[Partition.Length..])?.Change(TableMirror.Text(change.Keys, "sk")!, change);
        }
    }
}
