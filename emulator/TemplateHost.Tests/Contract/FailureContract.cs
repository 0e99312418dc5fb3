using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// How states fail, and what becomes of it: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html.
/// </summary>
[DisplayName("Step Functions, errors and tokens")]
public sealed class FailureContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Caught = """ "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.failed","Next":"C"}] """;

    private const string Catcher = """ "C":{"Type":"Pass","End":true} """;

    [Theory, OnEachTarget]
    public Task Fail_EndsWithItsErrorAndCause(string on) => FailAsync(on, """{"Type":"Fail","Error":"E","Cause":"why"}""", "E", "why");

    [Theory, OnEachTarget]
    public Task Fail_ByPaths_ReadsThem(string on) =>
        FailAsync(on, """{"Type":"Fail","ErrorPath":"$.e","CausePath":"States.Format('{}!', $.c)"}""", "E", "why!");

    [Theory, OnEachTarget]
    public Task Path_InParameters_ThatNamesNothing_IsARuntimeError(string on) =>
        FailAsync(
            on,
            """{"Type":"Pass","Parameters":{"v.$":"$.none"},"End":true}""",
            "States.Runtime",
            "The JSONPath '$.none' specified for the field 'v.$' could not be found in the input"
        );

    [Theory, OnEachTarget]
    public Task Choice_WithoutAMatch_IsNoChoiceMatched(string on) =>
        FailAsync(
            on,
            """{"Type":"Choice","Choices":[{"Variable":"$.e","StringEquals":"x","Next":"C"}]}""",
            "States.NoChoiceMatched",
            "",
            Catcher
        );

    [Theory, OnEachTarget]
    public Task Function_ThatFails_IsIntrinsicFailure(string on) =>
        FailAsync(on, """{"Type":"Pass","Parameters":{"v.$":"States.StringToJson($.c)"},"End":true}""", "States.IntrinsicFailure", "");

    [Theory, OnEachTarget]
    public Task RuntimeError_IsNotCaughtByAll(string on) =>
        FailAsync(
            on,
            $$"""
            {"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:getItem","Parameters":{"TableName.$":"$.none"},
              {{Caught}},"End":true}
            """,
            "States.Runtime",
            "",
            Catcher
        );

    [Theory, OnEachTarget]
    public Task Task_ThatFails_IsRetriedAndThenCaught(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    $$$"""
                    {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:getItem",
                      "Parameters":{"TableName":"none","Key":{"pk":{"S":"1"} } },"End":true,
                      "Retry":[{"ErrorEquals":["Other"],"MaxAttempts":9},{"ErrorEquals":["DynamoDb.ResourceNotFoundException"],
                        "IntervalSeconds":1,"MaxAttempts":2,"BackoffRate":1}],{{{Caught}}} },{{{Catcher}}} } }
                    """,
                    """{"kept":1}"""
                );
                var output = JsonNode.Parse(ended.Text("output"))!;
                Assert.Equal(
                    ("1", "DynamoDb.ResourceNotFoundException"),
                    (output["kept"]!.ToString(), output["failed"]!["Error"]!.ToString())
                );
                var types = (await target.HistoryAsync(ended.Text("executionArn"))).ConvertAll(item => item["type"]!.ToString());
                Assert.Equal(
                    [
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskStateExited",
                        "PassStateEntered",
                        "PassStateExited",
                        "ExecutionSucceeded",
                    ],
                    types
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Branch_ThatFails_FailsItsParallelState(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    $$"""
                    {"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,{{Caught}},"Branches":[{"StartAt":"F",
                      "States":{"F":{"Type":"Fail","Error":"E","Cause":"why"} } },
                      {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true} } }]},{{Catcher}} } }
                    """
                );
                JsonInput.Equal("""{"failed":{"Error":"E","Cause":"why"}}""", ended.Text("output"));
            }
        );

    [Theory, OnEachTarget]
    public Task Execution_OutOfTime_TimesOut(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """{"TimeoutSeconds":1,"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":3600,"End":true}}}"""
                );
                Assert.Equal("TIMED_OUT", ended.Text("status"));
                Assert.Equal("ExecutionTimedOut", (await target.HistoryAsync(ended.Text("executionArn")))[^1]["type"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Token_SentBack_GivesTheOutput(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (execution, token) = await AskAsync(target, "\"TimeoutSeconds\":60");
                Assert.Null((await target.CallAsync("states", "SendTaskHeartbeat", new JsonObject { ["taskToken"] = token })).Code);
                Assert.Equal(
                    "InvalidOutput",
                    (await target.CallAsync("states", "SendTaskSuccess", new JsonObject { ["taskToken"] = token, ["output"] = "{" })).Code
                );
                Assert.Null(
                    (
                        await target.CallAsync(
                            "states",
                            "SendTaskSuccess",
                            new JsonObject { ["taskToken"] = token, ["output"] = """{"x":1}""" }
                        )
                    ).Code
                );
                var ended = await Waiting.UntilAsync(
                    () => target.DescribeExecutionAsync(execution),
                    answer => answer.Text("status") != "RUNNING"
                );
                JsonInput.Equal("""{"x":1}""", ended.Text("output"));
                Assert.Equal(
                    "TaskTimedOut",
                    (await target.CallAsync("states", "SendTaskSuccess", new JsonObject { ["taskToken"] = token, ["output"] = "2" })).Code
                );
                Assert.Equal(
                    [
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded",
                    ],
                    (await target.HistoryAsync(execution)).Select(item => item["type"]!.ToString())
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Token_ToldThatTheTaskFailed_FailsIt(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (execution, token) = await AskAsync(target, "\"TimeoutSeconds\":60");
                await target.CallAsync(
                    "states",
                    "SendTaskFailure",
                    new JsonObject
                    {
                        ["taskToken"] = token,
                        ["error"] = "Refused",
                        ["cause"] = "why",
                    }
                );
                var ended = await Waiting.UntilAsync(
                    () => target.DescribeExecutionAsync(execution),
                    answer => answer.Text("status") != "RUNNING"
                );
                Assert.Equal(("FAILED", "Refused", "why"), (ended.Text("status"), ended.Text("error"), ended.Text("cause")));
            }
        );

    [Theory, OnEachTarget]
    public Task Token_NotSentBack_IsATimeout(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (execution, _) = await AskAsync(
                    target,
                    "\"TimeoutSeconds\":1,\"Catch\":[{\"ErrorEquals\":[\"States.Timeout\"],\"Next\":\"C\"}]"
                );
                var ended = await Waiting.UntilAsync(
                    () => target.DescribeExecutionAsync(execution),
                    answer => answer.Text("status") != "RUNNING"
                );
                JsonInput.Equal("\"States.Timeout\"", JsonNode.Parse(ended.Text("output"))!["Error"]!.ToJsonString());
            }
        );

    [Theory, OnEachTarget]
    public Task Token_WithoutHeartbeat_IsATimeoutToo(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (execution, _) = await AskAsync(
                    target,
                    "\"TimeoutSeconds\":60,\"HeartbeatSeconds\":1,\"Catch\":[{\"ErrorEquals\":[\"States.Timeout\"],\"Next\":\"C\"}]"
                );
                var ended = await Waiting.UntilAsync(
                    () => target.DescribeExecutionAsync(execution),
                    answer => answer.Text("status") != "RUNNING"
                );
                Assert.Equal("SUCCEEDED", ended.Text("status"));
                Assert.Contains("TaskTimedOut", (await target.HistoryAsync(execution)).Select(item => item["type"]!.ToString()));
            }
        );

    /// <summary>Starts an execution that waits for its token, and takes the token from the queue.</summary>
    private static async Task<(string Execution, string Token)> AskAsync(IContractTarget target, string members)
    {
        var url = await target.CreateQueueAsync("tokens");
        var machine = (
            await target.CreateMachineAsync(
                $$"""
                {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","End":true,
                  "Parameters":{"QueueUrl":"{{url}}","MessageBody.$":"$$.Task.Token"},{{members}} }{{(
                    members.Contains("Catch", StringComparison.Ordinal) ? "," + Catcher : ""
                )}} } }
                """
            )
        ).Text("stateMachineArn");
        var execution = (await target.StartAsync(machine, "{}")).Text("executionArn");
        var token = Assert.Single(await Waiting.UntilAsync(() => target.ReceiveBodiesAsync(url), bodies => bodies.Count > 0));
        return (execution, token);
    }

    private Task FailAsync(
        string on,
        string state,
        string error,
        string cause,
        string more = "",
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    $$"""{"StartAt":"A","States":{"A":{{state}}{{(more.Length > 0 ? "," + more : "")}} } }""",
                    """{"e":"E","c":"why"}"""
                );
                Assert.Equal(("FAILED", error), (ended.Text("status"), ended.Text("error")));
                Assert.Contains(cause, ended["cause"]?.ToString() ?? "", StringComparison.Ordinal);
            },
            name
        );
}
