using Amazon.CDK;
using FairShare.Functions.Audit;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>The alarms about what audits found, and about an auditor that is silent.</summary>
internal static class AuditAlarms
{
    private const int SilentHours = 2;
    private const int BehindHours = 6;
    private static readonly Duration Hour = Duration.Hours(1);

    public static void AddTo(AlarmBoard board)
    {
        foreach (var name in AuditMetrics.OfFindings)
        {
            board.Raise(name, $"An audit found {name}.", AlarmRule.Above(board.Own(name, "Sum", Hour), 0));
        }

        board.Raise(
            AuditMetrics.LeavesBehind,
            "Audits do not keep up with the log.",
            AlarmRule.Above(board.Own(AuditMetrics.LeavesBehind, "Sum", Hour), 0, BehindHours)
        );
        board.Raise(
            "SilentAuditor",
            "No audit has come to its end.",
            AlarmRule.Below(board.Own(AuditMetrics.Audits, "Sum", Hour), 1, SilentHours) with
            {
                RingsInSilence = true,
            }
        );
    }
}
