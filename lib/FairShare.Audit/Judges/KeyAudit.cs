using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Audit.Judges;

/// <summary>Judges a party's keys: the certificate of each, and the record of its retirement.</summary>
internal static class KeyAudit
{
    /// <summary>What was found.</summary>
    public static IReadOnlyList<AuditFinding> Judge(IReadOnlyList<AuditedItem> party, AuditKeys keys) =>
        [
            .. party
                .Where(item => item.Sort.StartsWith("KEY#", StringComparison.Ordinal))
                .SelectMany(item => Judge(item, keys))
                .Select(check => new AuditFinding($"evidence:{check.Name}", party[0].Partition, check.Detail)),
        ];

    private static IEnumerable<EvidenceCheck> Judge(AuditedItem item, AuditKeys keys)
    {
        if (keys.Find(item.Sort.Split('#')[1]) is not { } key)
        {
            return [];
        }

        var certificate = item["certificate"] is { } text ? KeyRecordChecks.OfCertificate(text, key, keys.Of(text)) : [];
        var retirement = item["retirementRecord"] is { } record ? KeyRecordChecks.OfRetirement(record, key, keys.Of(record)) : [];
        return certificate.Concat(retirement).Where(check => !check.Passed);
    }
}
