using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Functions.Metrics;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>When an alarm rings.</summary>
/// <param name="Metric">What it watches.</param>
/// <param name="Threshold">The bound.</param>
/// <param name="Comparison">On which side of the bound it rings.</param>
/// <param name="Periods">For how many periods in a row.</param>
internal sealed record AlarmRule(IMetric Metric, double Threshold, ComparisonOperator Comparison, int Periods)
{
    /// <summary>Whether silence rings, too; else nothing is a good sign.</summary>
    public bool RingsInSilence { get; init; }

    /// <summary>More than so much.</summary>
    public static AlarmRule Above(IMetric metric, double threshold, int periods = 1) =>
        new(metric, threshold, ComparisonOperator.GREATER_THAN_THRESHOLD, periods);

    /// <summary>Less than so much.</summary>
    public static AlarmRule Below(IMetric metric, double threshold, int periods = 1) =>
        new(metric, threshold, ComparisonOperator.LESS_THAN_THRESHOLD, periods);
}

/// <summary>Makes alarms: each says in one sentence what it means, and names its runbook.</summary>
internal sealed class AlarmBoard : Construct
{
    private readonly DeploymentStage stage;
    private readonly CfnCondition hasTopic;
    private readonly string topic;

    public AlarmBoard(Construct scope, string id, DeploymentStage stage, string topic)
        : base(scope, id)
    {
        (this.stage, this.topic) = (stage, topic);
        hasTopic = new CfnCondition(
            this,
            "HasTopic",
            new CfnConditionProps { Expression = Fn.ConditionNot(Fn.ConditionEquals(topic, "")) }
        );
    }

    /// <summary>A stack's parameter that names the topic which is told of alarms; empty by default, which is none.</summary>
    public static string Topic(Construct scope) =>
        new CfnParameter(
            scope,
            "AlarmTopicArn",
            new CfnParameterProps
            {
                Type = "String",
                Description = "The topic that is told of alarms; none by default.",
                Default = "",
            }
        ).ValueAsString;

    /// <summary>The alarms so far, in their order.</summary>
    public List<Alarm> Alarms { get; } = [];

    /// <summary>A metric of the service's own.</summary>
    public Metric Own(string name, string statistic, Duration period) =>
        new(
            new MetricProps
            {
                Namespace = ServiceMetrics.Namespace,
                MetricName = name,
                DimensionsMap = new Dictionary<string, string> { [ServiceMetrics.Dimension] = stage.Name },
                Statistic = statistic,
                Period = period,
            }
        );

    /// <summary>Raises an alarm.</summary>
    /// <param name="name">Its name, in the form of a class; the runbook is called the same in lower case with hyphens.</param>
    /// <param name="means">What it means, in one sentence.</param>
    /// <param name="rule">When it rings.</param>
    public void Raise(string name, string means, AlarmRule rule)
    {
        var alarm = new Alarm(
            this,
            name,
            new AlarmProps
            {
                AlarmDescription = $"{means} Runbook: docs/runbooks/{Runbooks.NameOf(name)}.md",
                Metric = rule.Metric,
                EvaluationPeriods = rule.Periods,
                Threshold = rule.Threshold,
                ComparisonOperator = rule.Comparison,
                TreatMissingData = rule.RingsInSilence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
            }
        );
        ((CfnAlarm)alarm.Node.DefaultChild!).AlarmActions = [Fn.ConditionIf(hasTopic.LogicalId, topic, Amazon.CDK.Aws.NO_VALUE).ToString()];
        Alarms.Add(alarm);
    }
}

/// <summary>How runbooks are called.</summary>
internal static class Runbooks
{
    /// <summary>The name of an alarm's runbook: <c>SlowReceipts</c> has <c>slow-receipts</c>.</summary>
    public static string NameOf(string alarm) =>
        string.Concat(alarm.Select((letter, index) => char.IsUpper(letter) && index > 0 ? $"-{letter}" : $"{letter}")).ToLowerInvariant();
}
