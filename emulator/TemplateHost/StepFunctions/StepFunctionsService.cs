using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Operations;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions;

/// <summary>AWS Step Functions, standard workflows: https://docs.aws.amazon.com/step-functions/latest/apireference/.</summary>
internal sealed class StepFunctionsService : JsonService
{
    public StepFunctionsService(HostContext host)
    {
        WorkflowTables.Define(host.Store);
        var tokens = new TaskTokens(host);
        Engine = new ExecutionEngine(host, tokens);
        Sweeper = new ExecutionSweeper(host);
        var machines = new StateMachineOperations(host);
        var executions = new ExecutionOperations(host, Engine);
        var history = new HistoryOperations(host);
        var tasks = new TaskTokenOperations(host, tokens);
        Operations = new Dictionary<string, Func<JsonCall, Task<JsonObject>>>
        {
            ["CreateStateMachine"] = machines.CreateAsync,
            ["UpdateStateMachine"] = machines.UpdateAsync,
            ["DeleteStateMachine"] = machines.DeleteAsync,
            ["DescribeStateMachine"] = machines.DescribeAsync,
            ["ListStateMachines"] = machines.ListAsync,
            ["ValidateStateMachineDefinition"] = machines.ValidateAsync,
            ["StartExecution"] = executions.StartAsync,
            ["StopExecution"] = executions.StopAsync,
            ["DescribeExecution"] = executions.DescribeAsync,
            ["ListExecutions"] = executions.ListAsync,
            ["DescribeStateMachineForExecution"] = executions.DescribeMachineAsync,
            ["GetExecutionHistory"] = history.GetAsync,
            ["SendTaskSuccess"] = tasks.SucceedAsync,
            ["SendTaskFailure"] = tasks.FailAsync,
            ["SendTaskHeartbeat"] = tasks.BeatAsync,
        };
    }

    public ExecutionEngine Engine { get; }

    public ExecutionSweeper Sweeper { get; }

    public override string SigningName => "states";

    protected override IReadOnlyDictionary<string, Func<JsonCall, Task<JsonObject>>> Operations { get; }
}
