using System.Globalization;
using FairShare.Audit.Findings;
using FairShare.Audit.Work;
using FairShare.Aws.Log;

namespace FairShare.Functions.Audit;

/// <summary>Holds the archives against the log: each leaf's token must stand in one, at the leaf's place.</summary>
internal static class ArchiveComparison
{
    /// <summary>Finds leaves without an archived token. An archive that no leaf confirms was never committed, and means nothing.</summary>
    /// <param name="archives">The archives of what was read.</param>
    /// <param name="log">What was read of the log; null where nothing of it is believed.</param>
    /// <param name="start">The index of the first leaf that was read.</param>
    /// <param name="work">The leaves.</param>
    public static IEnumerable<AuditFinding> Find(IReadOnlyList<LogArchive> archives, AuditedLog? log, long start, IAuditWork work)
    {
        var archived = archives
            .SelectMany(archive => archive.Tokens.Select((token, place) => (token, index: archive.Before.Size + place)))
            .Where(entry => work.PlaceOf(entry.token.Leaf.TokenHash.ToString()) == entry.index)
            .Select(entry => entry.index)
            .ToHashSet();
        for (var index = start; index < (log?.ReadEdge.Size ?? start); index++)
        {
            if (!archived.Contains(index))
            {
                var subject = string.Create(CultureInfo.InvariantCulture, $"leaf {index}");
                yield return new AuditFinding("not-in-archive", subject, "No archive has the token of this leaf.");
            }
        }
    }
}
