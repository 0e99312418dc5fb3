using System.ComponentModel;
using System.Text.Json.Nodes;
using FairShare.Local.Tests.Contract.Targets;
using FairShare.Local.Tests.Support;
using Xunit;

namespace FairShare.Local.Tests.Contract;

/// <summary>What Step Functions promises: https://docs.aws.amazon.com/step-functions/latest/apireference/.</summary>
[DisplayName("Step Functions")]
public sealed class WorkflowContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Execution_Started_RunsToItsEnd(string on) => HoldAsync(on, async target =>
    {
        var machine = (await CreateAsync(target, """{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Format('{}!', $.name)"},"Next":"B"},"B":{"Type":"Succeed"}}}""")).Text("stateMachineArn");
        var execution = (await StartAsync(target, machine, """{"name":"x"}""")).Text("executionArn");
        var ended = await TestHost.UntilAsync(
            () => target.CallAsync("states", "DescribeExecution", new JsonObject { ["executionArn"] = execution }), answer => answer.Text("status") != "RUNNING");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"v":"x!"}"""), JsonNode.Parse(ended.Text("output"))));
        var history = await target.CallAsync("states", "GetExecutionHistory", new JsonObject { ["executionArn"] = execution });
        Assert.Equal(
            ["ExecutionStarted", "PassStateEntered", "PassStateExited", "SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded"],
            history["events"]!.AsArray().Select(item => item!["type"]!.ToString()));
    });

    [Theory, OnEachTarget]
    public Task Machine_Described_IsWhatWasCreated(string on) => HoldAsync(on, async target =>
    {
        const string Definition = """{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""";
        var machine = (await CreateAsync(target, Definition)).Text("stateMachineArn");
        var described = await target.CallAsync("states", "DescribeStateMachine", new JsonObject { ["stateMachineArn"] = machine });
        Assert.Equal(("m", "ACTIVE", "STANDARD", Definition), (described.Text("name"), described.Text("status"), described.Text("type"), described.Text("definition")));
        var listed = await target.CallAsync("states", "ListStateMachines", []);
        Assert.Equal(machine, Assert.Single(listed["stateMachines"]!.AsArray())!["stateMachineArn"]!.ToString());
    });

    [Theory, OnEachTarget]
    public Task Refusals_HaveTheCodesThatClientsKnow(string on) => HoldAsync(on, async target =>
    {
        var machine = (await CreateAsync(target, """{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""")).Text("stateMachineArn");
        var none = machine.Replace(":m", ":none", StringComparison.Ordinal);
        Assert.Equal("StateMachineDoesNotExist", (await target.CallAsync("states", "DescribeStateMachine", new JsonObject { ["stateMachineArn"] = none })).Code);
        Assert.Equal("StateMachineDoesNotExist", (await StartAsync(target, none, "{}")).Code);
        var execution = machine.Replace("stateMachine", "execution", StringComparison.Ordinal) + ":none";
        Assert.Equal("ExecutionDoesNotExist", (await target.CallAsync("states", "DescribeExecution", new JsonObject { ["executionArn"] = execution })).Code);
    });

    private static Task<ContractAnswer> CreateAsync(IContractTarget target, string definition) => target.CallAsync(
        "states", "CreateStateMachine", new JsonObject { ["name"] = "m", ["definition"] = definition, ["roleArn"] = target.RoleArn });

    private static Task<ContractAnswer> StartAsync(IContractTarget target, string machine, string input) =>
        target.CallAsync("states", "StartExecution", new JsonObject { ["stateMachineArn"] = machine, ["input"] = input });
}
