using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using FairShare.Functions.Log;
using FairShare.Functions.Metrics;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>The alarms about what the service does while it serves.</summary>
internal static class ServiceAlarms
{
    private const double MostFailures = 1;
    private const double SlowMilliseconds = 2000;
    private static readonly Duration Often = Duration.Minutes(5);

    public static void AddTo(AlarmBoard board, OperationsParameters service)
    {
        var workflow = new Dictionary<string, string> { ["StateMachineArn"] = service.StateMachine };
        var receipts = new Dictionary<string, string> { ["FunctionName"] = service.ReceiptFunction };
        board.Raise(
            "FailedExecutions",
            "An exchange's execution has failed: its ending is not recorded, or not published.",
            AlarmRule.Above(
                Sum(
                    Of("AWS/States", "ExecutionsFailed", workflow),
                    Of("AWS/States", "ExecutionsTimedOut", workflow),
                    Of("AWS/States", "ExecutionsAborted", workflow)
                ),
                0
            )
        );
        board.Raise(
            "DeadLetters",
            "Something could not be handled, and waits in a queue of dead letters.",
            AlarmRule.Above(Sum([.. service.DeadLetterQueues.Select(queue => Waiting(queue.Queue))]), 0)
        );
        board.Raise(
            "ServerErrors",
            "More than one call of a hundred is answered with 5xx.",
            AlarmRule.Above(ShareOfFailures(service.ApiId), MostFailures, 2)
        );
        board.Raise(
            "SlowReceipts",
            "Of a hundred receipts one takes more than two seconds.",
            AlarmRule.Above(Of("AWS/Lambda", "Duration", receipts, "p99"), SlowMilliseconds, 3)
        );
        AddThrottles(board, workflow);
        AddLog(board, service.Sequencer);
    }

    private static void AddThrottles(AlarmBoard board, Dictionary<string, string> workflow)
    {
        board.Raise(
            "WorkflowThrottles",
            "Step Functions refuses or delays for there being too much.",
            AlarmRule.Above(
                Sum(
                    Of("AWS/States", "ExecutionThrottled", workflow),
                    Of("AWS/States", "ThrottledEvents", new() { ["APIName"] = "StartExecution" }),
                    Of("AWS/States", "ThrottledEvents", new() { ["APIName"] = "SendTaskSuccess" }),
                    board.Own(ServiceMetrics.WorkflowThrottles, "Sum", Often)
                ),
                0
            )
        );
        board.Raise(
            "KeyThrottles",
            "KMS refuses signatures for there being too many.",
            AlarmRule.Above(board.Own(ServiceMetrics.KeyThrottles, "Sum", Often), 0)
        );
    }

    private static void AddLog(AlarmBoard board, string sequencer)
    {
        var age = Of("AWS/Lambda", "IteratorAge", new() { ["FunctionName"] = sequencer }, "Maximum");
        board.Raise(
            "LogBehind",
            "The sequencer reads what was put into the table a quarter of an hour ago.",
            AlarmRule.Above(age, Duration.Minutes(15).ToMilliseconds())
        );
        board.Raise(
            "LogStopped",
            "The sequencer is four hours behind; after a day the stream forgets what it has not read.",
            AlarmRule.Above(age, Duration.Hours(4).ToMilliseconds())
        );
        board.Raise(
            "CheckpointBehind",
            "Tokens wait for ten minutes for a checkpoint that proves them.",
            AlarmRule.Above(board.Own(LogMetrics.LogLag, "Maximum", Often), Duration.Minutes(10).ToSeconds())
        );
    }

    private static MathExpression ShareOfFailures(string api)
    {
        var dimensions = new Dictionary<string, string> { ["ApiId"] = api };
        return new MathExpression(
            new MathExpressionProps
            {
                Label = "Answers 5xx, in a hundred",
                Expression = "IF(calls > 0, 100 * failed / calls, 0)",
                UsingMetrics = new Dictionary<string, IMetric>
                {
                    ["calls"] = Of("AWS/ApiGateway", "Count", dimensions),
                    ["failed"] = Of("AWS/ApiGateway", "5xx", dimensions),
                },
                Period = Often,
            }
        );
    }

    // Not every one of them has data at all times.
    private static MathExpression Sum(params IMetric[] metrics)
    {
        var used = metrics
            .Index()
            .ToDictionary(metric => string.Create(CultureInfo.InvariantCulture, $"m{metric.Index}"), metric => metric.Item);
        return new MathExpression(
            new MathExpressionProps
            {
                Label = "All together",
                Expression = string.Join(" + ", used.Keys.Select(name => $"FILL({name}, 0)")),
                UsingMetrics = used,
                Period = Often,
            }
        );
    }

    private static Metric Waiting(string queue) =>
        Of("AWS/SQS", "ApproximateNumberOfMessagesVisible", new() { ["QueueName"] = queue }, "Maximum");

    private static Metric Of(string space, string name, Dictionary<string, string> dimensions, string statistic = "Sum") =>
        new(
            new MetricProps
            {
                Namespace = space,
                MetricName = name,
                DimensionsMap = dimensions,
                Statistic = statistic,
                Period = Often,
            }
        );
}
