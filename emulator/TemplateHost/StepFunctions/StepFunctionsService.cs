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
        VersionTable.Define(host.Store);
        var tokens = new TaskTokens(host);
        Engine = new ExecutionEngine(host, tokens);
        Sweeper = new ExecutionSweeper(host);
        var machines = new StateMachineOperations(host);
        var versions = new VersionOperations(host);
        var executions = new ExecutionOperations(host, Engine);
        var redrives = new RedriveOperations(host, Engine);
        var history = new HistoryOperations(host);
        var tasks = new TaskTokenOperations(host, tokens);
        Operations = new([
            new(
                "CreateStateMachine",
                "name definition roleArn type loggingConfiguration encryptionConfiguration(type=AWS_OWNED_KEY) "
                    + "tracingConfiguration(enabled=false)",
                machines.CreateAsync
            ),
            new(
                "UpdateStateMachine",
                "stateMachineArn definition roleArn loggingConfiguration "
                    + "encryptionConfiguration(type=AWS_OWNED_KEY) tracingConfiguration(enabled=false)",
                machines.UpdateAsync
            ),
            new("DeleteStateMachine", "stateMachineArn", machines.DeleteAsync),
            new("DescribeStateMachine", "stateMachineArn includedData=ALL_DATA", machines.DescribeAsync),
            new("ListStateMachines", "maxResults nextToken", machines.ListAsync),
            new("PublishStateMachineVersion", "stateMachineArn description", versions.PublishAsync),
            new("ListStateMachineVersions", "stateMachineArn", versions.ListAsync),
            new("ListStateMachineAliases", "stateMachineArn", versions.ListAliasesAsync),
            new("DescribeStateMachineAlias", "stateMachineAliasArn", versions.DescribeAliasAsync),
            new(
                "UpdateStateMachineAlias",
                "stateMachineAliasArn description routingConfiguration(stateMachineVersionArn weight)",
                versions.UpdateAliasAsync
            ),
            new("ValidateStateMachineDefinition", "definition type severity=ERROR maxResults", machines.ValidateAsync),
            new("StartExecution", "stateMachineArn name input", executions.StartAsync),
            new("StopExecution", "executionArn error cause", executions.StopAsync),
            new("RedriveExecution", "executionArn clientToken", redrives.RedriveAsync),
            new("DescribeExecution", "executionArn includedData=ALL_DATA", executions.DescribeAsync),
            new("ListExecutions", "stateMachineArn statusFilter maxResults nextToken", executions.ListAsync),
            new("DescribeStateMachineForExecution", "executionArn includedData=ALL_DATA", executions.DescribeMachineAsync),
            new("GetExecutionHistory", "executionArn maxResults reverseOrder nextToken includeExecutionData", history.GetAsync),
            new("SendTaskSuccess", "taskToken output", tasks.SucceedAsync),
            new("SendTaskFailure", "taskToken error cause", tasks.FailAsync),
            new("SendTaskHeartbeat", "taskToken", tasks.BeatAsync),
        ]);
    }

    public ExecutionEngine Engine { get; }

    public ExecutionSweeper Sweeper { get; }

    public override string SigningName => "states";

    protected override OperationTable<JsonCall, JsonObject> Operations { get; }
}
