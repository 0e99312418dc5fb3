using FairShare.Audit.Findings;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Audit;

/// <summary>What audits count, to raise alarms by.</summary>
internal static class AuditMetrics
{
    /// <summary>1: an audit came to its end. Silence is a fault, too.</summary>
    public const string Audits = "Audits";

    /// <summary>Tokens that were verified.</summary>
    public const string AuditedTokens = "AuditedTokens";

    /// <summary>Leaves that wait for the next audit, because there were more than one audit reads.</summary>
    public const string LeavesBehind = "LeavesBehind";

    /// <summary>Exchanges in which one side has what the other lacks, or whose evidence says another ending than the table.</summary>
    public const string UnfairEndings = "UnfairEndings";

    /// <summary>Tokens that the log lacks, or the table, or the archives, or that stand elsewhere.</summary>
    public const string UnprovenTokens = "UnprovenTokens";

    /// <summary>Tokens that do not verify, and keys that are not whose they are said to be.</summary>
    public const string ForgedSeals = "ForgedSeals";

    /// <summary>Ways in which the log is not the one that was seen before.</summary>
    public const string LogForks = "LogForks";

    /// <summary>Exchanges without an ending, long after their deadline.</summary>
    public const string StuckExchanges = "StuckExchanges";

    /// <summary>Findings of any other kind.</summary>
    public const string OtherFindings = "OtherFindings";

    /// <summary>The metrics that count findings: of each, one is too many.</summary>
    public static IReadOnlyList<string> OfFindings { get; } =
    [UnfairEndings, UnprovenTokens, ForgedSeals, LogForks, StuckExchanges, OtherFindings];

    /// <summary>The metric for which a finding counts.</summary>
    public static string Of(AuditFinding finding) =>
        finding.Code switch
        {
            "unfair" or "other-state" or "unknown-state" => UnfairEndings,
            "not-in-log" or "not-in-table" or "not-in-archive" or "exchange-gone" or "log-index" or "repeated-leaf" => UnprovenTokens,
            "key-swapped" or "key-two-owners" or "unknown-store-key" => ForgedSeals,
            "no-log" or "log-unreadable" or "log-shrink" or "log-root" or "log-fork" => LogForks,
            "overdue" => StuckExchanges,
            var code when code.StartsWith("evidence:", StringComparison.Ordinal) => ForgedSeals,
            _ => OtherFindings,
        };

    /// <summary>The metrics of a report.</summary>
    public static IReadOnlyList<MetricValue> Of(AuditReport report)
    {
        var counts = report.Findings.CountBy(Of).ToDictionary();
        var behind = report.Log is { } log ? log.Size - log.ReadEdge.Size : 0;
        return
        [
            MetricValue.Count(Audits, 1),
            MetricValue.Count(AuditedTokens, report.Tokens),
            MetricValue.Count(LeavesBehind, behind),
            .. OfFindings.Select(name => MetricValue.Count(name, counts.GetValueOrDefault(name))),
        ];
    }
}
