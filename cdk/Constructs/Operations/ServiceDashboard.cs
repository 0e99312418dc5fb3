using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Exchange.Evidence;
using FairShare.Functions.Audit;
using FairShare.Functions.Canary;
using FairShare.Functions.Log;
using FairShare.Functions.Metrics;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>What an operator looks at first: exchanges, the log, the API, what waits, and what watches all of it.</summary>
internal sealed class ServiceDashboard : Construct
{
    private const double Third = 8;
    private static readonly Duration Often = Duration.Minutes(5);
    private readonly AlarmBoard board;

    public ServiceDashboard(Construct scope, string id, DeploymentStage stage, AlarmBoard board, OperationsParameters service)
        : base(scope, id)
    {
        this.board = board;
        _ = new Dashboard(
            this,
            "Board",
            new DashboardProps
            {
                DashboardName = $"FairShare-{stage.Name}",
                Widgets =
                [
                    [
                        Graph("Exchanges by ending", [.. LogMetrics.Endings.Select(state => LogMetrics.OfEnding($"{state}"))]),
                        Graph("Tokens by kind", [.. EvidenceKinds.All.Select(kind => LogMetrics.OfKind(kind.TypeName()))]),
                        Graph("From receipt to release, seconds", board.Own(LogMetrics.ReleaseDelay, "p99", Often)),
                    ],
                    [
                        Graph("Leaves of the log", board.Own(LogMetrics.LogSize, "Maximum", Often)),
                        Graph("The log's lag, seconds", board.Own(LogMetrics.LogLag, "Maximum", Often)),
                        Graph("Vault and backups", [OutcomeMetrics.VaultOpens, OutcomeMetrics.VaultLocks, OutcomeMetrics.BackupChecks]),
                    ],
                    [
                        Graph("Calls and failures", Api(service, "Count"), Api(service, "4xx"), Api(service, "5xx")),
                        Graph("Receipts, p99 in milliseconds", Receipts(service)),
                        Graph("Dead letters", [.. service.DeadLetterQueues.Select(queue => Waiting(queue.Queue))]),
                    ],
                    [
                        Graph("Findings of audits", AuditMetrics.OfFindings),
                        Graph("Canary", [CanaryMetrics.Exchanges, CanaryMetrics.Declines, CanaryMetrics.Failures]),
                        Graph("Throttled calls", [ServiceMetrics.KeyThrottles, ServiceMetrics.WorkflowThrottles]),
                    ],
                    [
                        new AlarmStatusWidget(
                            new AlarmStatusWidgetProps
                            {
                                Title = "Alarms",
                                Width = 3 * Third,
                                Alarms = [.. board.Alarms],
                            }
                        ),
                    ],
                ],
            }
        );
    }

    private GraphWidget Graph(string title, IReadOnlyList<string> counts) =>
        Graph(title, [.. counts.Select(name => board.Own(name, "Sum", Often))]);

    private static GraphWidget Graph(string title, params IMetric[] metrics) =>
        new(
            new GraphWidgetProps
            {
                Title = title,
                Width = Third,
                Left = metrics,
            }
        );

    private static Metric Api(OperationsParameters service, string name) =>
        Of("AWS/ApiGateway", name, "Sum", new() { ["ApiId"] = service.ApiId });

    private static Metric Receipts(OperationsParameters service) =>
        Of("AWS/Lambda", "Duration", "p99", new() { ["FunctionName"] = service.ReceiptFunction });

    private static Metric Waiting(string queue) =>
        Of("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", new() { ["QueueName"] = queue });

    private static Metric Of(string space, string name, string statistic, Dictionary<string, string> dimensions) =>
        new(
            new MetricProps
            {
                Namespace = space,
                MetricName = name,
                Statistic = statistic,
                DimensionsMap = dimensions,
                Period = Often,
            }
        );
}
