using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// What Step Functions promises of machines and executions: https://docs.aws.amazon.com/step-functions/latest/apireference/.
/// </summary>
[DisplayName("Step Functions, machines and executions")]
public sealed class WorkflowContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Execution_Started_RunsToItsEnd(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Format('{}!', $.name)"},"Next":"B"},
                      "B":{"Type":"Succeed"}}}
                    """,
                    """{"name":"x"}"""
                );
                Assert.Equal("SUCCEEDED", ended.Text("status"));
                JsonInput.Equal("""{"v":"x!"}""", ended.Text("output"));
                Assert.Equal(
                    [
                        "1 0 ExecutionStarted",
                        "2 0 PassStateEntered",
                        "3 2 PassStateExited",
                        "4 3 SucceedStateEntered",
                        "5 4 SucceedStateExited",
                        "6 5 ExecutionSucceeded",
                    ],
                    (await target.HistoryAsync(ended.Text("executionArn"))).Select(item =>
                        $"{item["id"]} {item["previousEventId"]} {item["type"]}"
                    )
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Machine_Described_IsWhatWasCreated(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Short)).Text("stateMachineArn");
                var described = await target.CallAsync("states", "DescribeStateMachine", new JsonObject { ["stateMachineArn"] = machine });
                Assert.Equal(
                    ("m", "ACTIVE", "STANDARD", WorkflowCalls.Short),
                    (described.Text("name"), described.Text("status"), described.Text("type"), described.Text("definition"))
                );
                Assert.Equal(
                    machine,
                    Assert.Single((await target.CallAsync("states", "ListStateMachines", []))["stateMachines"]!.AsArray())![
                        "stateMachineArn"
                    ]!.ToString()
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Machine_CreatedAgain_IsTheSameUnlessItDiffers(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Short)).Text("stateMachineArn");
                Assert.Equal(machine, (await target.CreateMachineAsync(WorkflowCalls.Short)).Text("stateMachineArn"));
                Assert.Equal("StateMachineAlreadyExists", (await target.CreateMachineAsync(WorkflowCalls.Long)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Machine_Updated_IsAnotherForNewExecutionsOnly(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Long)).Text("stateMachineArn");
                var execution = (await target.StartAsync(machine, "{}")).Text("executionArn");
                await target.CallAsync(
                    "states",
                    "UpdateStateMachine",
                    new JsonObject { ["stateMachineArn"] = machine, ["definition"] = WorkflowCalls.Short }
                );
                var described = await target.CallAsync("states", "DescribeStateMachine", new JsonObject { ["stateMachineArn"] = machine });
                var running = await target.CallAsync(
                    "states",
                    "DescribeStateMachineForExecution",
                    new JsonObject { ["executionArn"] = execution }
                );
                Assert.Equal((WorkflowCalls.Short, WorkflowCalls.Long), (described.Text("definition"), running.Text("definition")));
            }
        );

    [Theory, OnEachTarget]
    public Task Machine_Deleted_IsNotThere(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var arn = new JsonObject
                {
                    ["stateMachineArn"] = (await target.CreateMachineAsync(WorkflowCalls.Short)).Text("stateMachineArn"),
                };
                Assert.Null((await target.CallAsync("states", "DeleteStateMachine", arn)).Code);
                Assert.Equal("StateMachineDoesNotExist", (await target.CallAsync("states", "DescribeStateMachine", arn)).Code);
                Assert.Null((await target.CallAsync("states", "DeleteStateMachine", arn)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Start_RepeatedWhileItRuns_IsTheSameExecution(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Long)).Text("stateMachineArn");
                var first = await target.StartAsync(machine, """{"a":1}""", "x");
                Assert.EndsWith(":execution:m:x", first.Text("executionArn"), StringComparison.Ordinal);
                Assert.Equal(first.Text("executionArn"), (await target.StartAsync(machine, """{"a":1}""", "x")).Text("executionArn"));
                Assert.Equal("ExecutionAlreadyExists", (await target.StartAsync(machine, """{"a":2}""", "x")).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Start_RepeatedAfterItsEnd_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(WorkflowCalls.Short);
                var repeated = await target.StartAsync(ended.Text("stateMachineArn"), ended.Text("input"), ended.Text("name"));
                Assert.Equal("ExecutionAlreadyExists", repeated.Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Names_WithOtherCharacters_AreRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Short)).Text("stateMachineArn");
                Assert.Null((await target.StartAsync(machine, "{}", "a.b=(c)@d!")).Code);
                foreach (var name in new[] { "a b", "a/b", "a:b", "a*", "a{b}", "a\"b" })
                {
                    Assert.Equal((name, "InvalidName"), (name, (await target.StartAsync(machine, "{}", name)).Code));
                    Assert.Equal((name, "InvalidName"), (name, (await target.CreateMachineAsync(WorkflowCalls.Short, name)).Code));
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Start_OfWhatIsNot_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Short)).Text("stateMachineArn");
                Assert.Equal(
                    "StateMachineDoesNotExist",
                    (await target.StartAsync(machine.Replace(":m", ":none", StringComparison.Ordinal), "{}")).Code
                );
                Assert.Equal("InvalidArn", (await target.StartAsync("machine", "{}")).Code);
                Assert.Equal("InvalidExecutionInput", (await target.StartAsync(machine, "{")).Code);
                var execution = machine.Replace("stateMachine", "execution", StringComparison.Ordinal) + ":none";
                Assert.Equal("ExecutionDoesNotExist", (await target.DescribeExecutionAsync(execution)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Execution_Stopped_TellsWhy(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Long)).Text("stateMachineArn");
                var execution = (await target.StartAsync(machine, "{}")).Text("executionArn");
                await target.CallAsync(
                    "states",
                    "StopExecution",
                    new JsonObject
                    {
                        ["executionArn"] = execution,
                        ["error"] = "E",
                        ["cause"] = "why",
                    }
                );
                var stopped = await target.DescribeExecutionAsync(execution);
                Assert.Equal(("ABORTED", "E", "why"), (stopped.Text("status"), stopped.Text("error"), stopped.Text("cause")));
                var last = (await target.HistoryAsync(execution))[^1];
                Assert.Equal(
                    ("ExecutionAborted", "E"),
                    (last["type"]!.ToString(), last["executionAbortedEventDetails"]!["error"]!.ToString())
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Executions_Listed_ComeInPagesTheLatestFirst(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Long)).Text("stateMachineArn");
                foreach (var name in new[] { "1", "2", "3" })
                {
                    await target.StartAsync(machine, "{}", name);
                    await Task.Delay(5);
                }

                var first = await target.CallAsync(
                    "states",
                    "ListExecutions",
                    new JsonObject
                    {
                        ["stateMachineArn"] = machine,
                        ["maxResults"] = 2,
                        ["statusFilter"] = "RUNNING",
                    }
                );
                var next = await target.CallAsync(
                    "states",
                    "ListExecutions",
                    new JsonObject
                    {
                        ["stateMachineArn"] = machine,
                        ["maxResults"] = 2,
                        ["nextToken"] = first.Text("nextToken"),
                        ["statusFilter"] = "RUNNING",
                    }
                );
                Assert.Equal(
                    ["3", "2", "1"],
                    first["executions"]!.AsArray().Concat(next["executions"]!.AsArray()).Select(execution => execution!["name"]!.ToString())
                );
                Assert.Null(next["nextToken"]);
                Assert.Empty(
                    (
                        await target.CallAsync(
                            "states",
                            "ListExecutions",
                            new JsonObject { ["stateMachineArn"] = machine, ["statusFilter"] = "FAILED" }
                        )
                    )["executions"]!.AsArray()
                );
            }
        );

    [Theory, OnEachTarget]
    public Task History_Reversed_BeginsWithTheEnd(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(WorkflowCalls.Short);
                var page = await target.CallAsync(
                    "states",
                    "GetExecutionHistory",
                    new JsonObject
                    {
                        ["executionArn"] = ended.Text("executionArn"),
                        ["reverseOrder"] = true,
                        ["maxResults"] = 2,
                    }
                );
                Assert.Equal(
                    ["ExecutionSucceeded", "SucceedStateExited"],
                    page["events"]!.AsArray().Select(item => item!["type"]!.ToString())
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Token_ThatIsNone_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                foreach (var operation in new[] { "SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat" })
                {
                    var input = new JsonObject { ["taskToken"] = "garbage" };
                    if (operation == "SendTaskSuccess")
                    {
                        input["output"] = "{}";
                    }

                    Assert.Equal((operation, "InvalidToken"), (operation, (await target.CallAsync("states", operation, input)).Code));
                }
            }
        );
}
