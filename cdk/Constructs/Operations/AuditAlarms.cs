using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Functions.Audit;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>The alarms about what audits found, and about an auditor that is silent.</summary>
public sealed class AuditAlarms : Construct
{
    private const int SilentHours = 2;
    private const int BehindHours = 6;
    private readonly DeploymentStage stage;
    private readonly CfnCondition hasTopic;
    private readonly string topic;

    public AuditAlarms(Construct scope, string id, DeploymentStage stage, string topic)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        (this.stage, this.topic) = (stage, topic);
        hasTopic = new CfnCondition(
            this,
            "HasTopic",
            new CfnConditionProps { Expression = Fn.ConditionNot(Fn.ConditionEquals(topic, "")) }
        );
        foreach (var name in AuditMetrics.OfFindings)
        {
            Raise(name, $"An audit found {name}: read the auditor's report.", AboveZero(name, 1));
        }

        Raise(AuditMetrics.LeavesBehind, "Audits do not keep up with the log.", AboveZero(AuditMetrics.LeavesBehind, BehindHours));
        Raise(
            "SilentAuditor",
            "No audit has come to its end: read the log of AuditStore.",
            Props(AuditMetrics.Audits, SilentHours, TreatMissingData.BREACHING, ComparisonOperator.LESS_THAN_THRESHOLD, 1)
        );
    }

    private AlarmProps AboveZero(string metric, int hours) =>
        Props(metric, hours, TreatMissingData.NOT_BREACHING, ComparisonOperator.GREATER_THAN_THRESHOLD, 0);

    private AlarmProps Props(string metric, int hours, TreatMissingData missing, ComparisonOperator comparison, double threshold) =>
        new()
        {
            Metric = new Metric(
                new MetricProps
                {
                    Namespace = AuditMetrics.Namespace,
                    MetricName = metric,
                    DimensionsMap = new Dictionary<string, string> { [AuditMetrics.Dimension] = stage.Name },
                    Statistic = "Sum",
                    Period = Duration.Hours(1),
                }
            ),
            EvaluationPeriods = hours,
            Threshold = threshold,
            ComparisonOperator = comparison,
            TreatMissingData = missing,
        };

    private void Raise(string name, string description, AlarmProps props)
    {
        props.AlarmDescription = description;
        var alarm = new Alarm(this, name, props);
        ((CfnAlarm)alarm.Node.DefaultChild!).AlarmActions = [Fn.ConditionIf(hasTopic.LogicalId, topic, Amazon.CDK.Aws.NO_VALUE).ToString()];
    }
}
