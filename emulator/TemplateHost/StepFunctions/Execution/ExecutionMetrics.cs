using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>What Step Functions puts to CloudWatch of executions, by their state machine.</summary>
internal static class ExecutionMetrics
{
    public static void Started(HostContext host, string machine) => Count(host, "ExecutionsStarted", machine);

    public static void Ended(HostContext host, string machine, ExecutionStatus status) => Count(host, $"Executions{status}", machine);

    private static void Count(HostContext host, string metric, string machine) =>
        host.Measure("AWS/States", metric, 1, "Count", ("StateMachineArn", machine));
}
