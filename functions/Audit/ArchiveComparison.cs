using System.Globalization;
using FairShare.Audit.Findings;
using FairShare.Audit.Work;
using FairShare.Aws.Log;

namespace FairShare.Functions.Audit;

/// <summary>Holds the archives against the log: each leaf's token must stand in one, at the leaf's place.</summary>
internal static class ArchiveComparison
{
    /// <summary>
    /// Adds the leaves without an archived token to a report. An archive that no leaf confirms was never committed, and means nothing.
    /// </summary>
    /// <param name="report">The report of table and log.</param>
    /// <param name="archives">The archives of what was read.</param>
    /// <param name="start">The index of the first leaf that was read.</param>
    /// <param name="work">The leaves.</param>
    public static AuditReport Add(AuditReport report, IReadOnlyList<LogArchive> archives, long start, IAuditWork work)
    {
        var archived = archives
            .SelectMany(archive => archive.Entries)
            .Where(entry => work.PlaceOf(entry.Token.Leaf.TokenHash.ToString()) == entry.Index)
            .Select(entry => entry.Index)
            .ToHashSet();
        var missing = new HashSet<string>();
        for (var index = start; index < (report.Log?.ReadEdge.Size ?? start); index++)
        {
            if (!archived.Contains(index))
            {
                missing.Add(string.Create(CultureInfo.InvariantCulture, $"leaf {index}"));
            }
        }

        // The archive would have told which partition to read: that the table lacks such a token was not seen.
        var seen = report.Findings.Where(finding => finding.Code != "not-in-table" || !missing.Contains(finding.Subject));
        return report with
        {
            Findings =
            [
                .. seen,
                .. missing.Select(leaf => new AuditFinding("not-in-archive", leaf, "No archive has the token of this leaf.")),
            ],
        };
    }
}
