using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Exchange.Evidence;

namespace FairShare.Audit.Judges;

/// <summary>Judges one deposit: the evidence of origin, the store's receipt, and the record of a withdrawal.</summary>
internal static class DepositAudit
{
    /// <summary>What was found.</summary>
    public static IReadOnlyList<AuditFinding> Judge(IReadOnlyList<AuditedItem> deposit, AuditKeys keys, TokenOnce origin)
    {
        var item = deposit.FirstOrDefault(item => item.Sort == "DEPOSIT");
        var withdrawal = deposit.FirstOrDefault(item => item.Sort == "WITHDRAWAL");
        if (item is null)
        {
            // A withdrawal of what was never deposited has no record.
            return withdrawal?["record"] is null ? [] : [new("no-deposit", deposit[0].Partition, "A withdrawal without a deposit.")];
        }

        var (checks, _) = DepositEvidence.Verify(
            item["origin"],
            item["receipt"],
            withdrawal?["record"],
            keys.Of(item["origin"], item["receipt"], withdrawal?["record"]),
            origin
        );
        return
        [
            .. checks
                .Where(check => !check.Passed)
                .Select(check => new AuditFinding($"evidence:{check.Name}", deposit[0].Partition, check.Detail)),
        ];
    }
}
