using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.SQS;
using FairShare.Cdk.Constructs.Operations;

namespace FairShare.Cdk.Constructs.Notices;

/// <summary>The alarm of what mails notices; it stands in that stack, since a service may have none.</summary>
internal static class NoticeAlarms
{
    public static void AddTo(AlarmBoard board, IQueue deadLetters) =>
        board.Raise(
            "NoticeDeadLetters",
            "A notice could not be mailed, and waits in the queue of dead letters.",
            Operations.AlarmRule.Above(
                deadLetters.MetricApproximateNumberOfMessagesVisible(
                    new MetricOptions { Period = Duration.Minutes(5), Statistic = "Maximum" }
                ),
                0
            )
        );
}
