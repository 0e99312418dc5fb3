using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using FairShare.Functions.Metrics;

namespace FairShare.Cdk.Constructs.Releases;

/// <summary>The alarms that take a release back while it takes its calls step by step.</summary>
public sealed class ReleaseAlarms(Construct scope, string id) : Construct(scope, id)
{
    private const string Runbook = "Runbook: docs/runbooks/release-taken-back.md";

    /// <summary>A version of a function that is being released fails.</summary>
    public Alarm OfFunction(string handler, IAlias alias)
    {
        ArgumentNullException.ThrowIfNull(alias);
        return Raise(
            $"ReleaseOf{handler}",
            $"{handler} fails while it is released: CodeDeploy takes the release back.",
            alias.MetricErrors(new MetricOptions { Period = Duration.Minutes(1), Statistic = "Sum" })
        );
    }

    /// <summary>
    /// A function answers calls with 500 while it is released. For Lambda these have succeeded: <see cref="OfFunction"/> is silent.
    /// </summary>
    public Alarm OfInternalErrors(string handler, IFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Raise(
            $"InternalErrorsOf{handler}",
            $"{handler} answers 500 while it is released: CodeDeploy takes the release back.",
            new Metric(
                new MetricProps
                {
                    Namespace = ServiceMetrics.Namespace,
                    MetricName = ServiceMetrics.InternalErrors,
                    DimensionsMap = new Dictionary<string, string> { [ServiceMetrics.FunctionDimension] = function.FunctionName },
                    Statistic = "Sum",
                    Period = Duration.Minutes(1),
                }
            )
        );
    }

    /// <summary>Executions fail while a version of the state machine is being released.</summary>
    public Alarm OfWorkflow(StateMachine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Raise(
            "ReleaseOfWorkflow",
            "Executions fail while the state machine is released: Step Functions takes the release back.",
            machine.MetricFailed(new MetricOptions { Period = Duration.Minutes(1), Statistic = "Sum" })
        );
    }

    private Alarm Raise(string name, string means, IMetric metric) =>
        new(
            this,
            name,
            new AlarmProps
            {
                AlarmDescription = $"{means} {Runbook}",
                Metric = metric,
                EvaluationPeriods = 1,
                Threshold = 0,
                ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
                TreatMissingData = TreatMissingData.NOT_BREACHING,
            }
        );
}
