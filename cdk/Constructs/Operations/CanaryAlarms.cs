using Amazon.CDK;
using FairShare.Functions.Canary;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>The alarms about what the canary sees from outside.</summary>
internal static class CanaryAlarms
{
    private const int MissedPeriods = 2;
    private const double FewDays = 60;

    public static void AddTo(AlarmBoard board)
    {
        board.Raise(
            "Canary",
            "No exchange of the canary has gone through for two periods.",
            AlarmRule.Below(board.Own(CanaryMetrics.Exchanges, "Sum", Canary.Period), 1, MissedPeriods) with
            {
                RingsInSilence = true,
            }
        );
        board.Raise(
            "StampCertificate",
            "The certificate of the stamps expires within sixty days.",
            AlarmRule.Below(board.Own(CanaryMetrics.StampCertificateDays, "Minimum", Duration.Hours(1)), FewDays)
        );
    }
}
