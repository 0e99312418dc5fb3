using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// Which event follows from which, and what tasks and context show:
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html.
/// </summary>
[DisplayName("Step Functions, machines and executions")]
public sealed class HistoryContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Map_OneIterationAfterAnother_FollowsFromStates(string on) =>
        HoldHistoryAsync(
            on,
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{"StartAt":"A",
              "States":{"A":{"Type":"Pass","End":true}}}}}}
            """,
            "[1,2]",
            [
                "1 0 ExecutionStarted",
                "2 0 MapStateEntered",
                "3 2 MapStateStarted",
                "4 3 MapIterationStarted",
                "5 4 PassStateEntered",
                "6 5 PassStateExited",
                "7 6 MapIterationSucceeded",
                "8 6 MapIterationStarted",
                "9 8 PassStateEntered",
                "10 9 PassStateExited",
                "11 10 MapIterationSucceeded",
                "12 11 MapStateSucceeded",
                "13 11 MapStateExited",
                "14 13 ExecutionSucceeded",
            ]
        );

    [Theory, OnEachTarget]
    public Task Map_WithAFailingIteration_FollowsFromTheFailure(string on) =>
        HoldHistoryAsync(
            on,
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{"StartAt":"A",
              "States":{"A":{"Type":"Fail","Error":"E"}}}}}}
            """,
            "[1]",
            [
                "1 0 ExecutionStarted",
                "2 0 MapStateEntered",
                "3 2 MapStateStarted",
                "4 3 MapIterationStarted",
                "5 4 FailStateEntered",
                "6 5 MapIterationFailed",
                "7 5 MapStateFailed",
                "8 7 ExecutionFailed",
            ]
        );

    [Theory, OnEachTarget]
    public Task Parallel_ThatSucceeds_FollowsFromItsBranch(string on) =>
        HoldHistoryAsync(
            on,
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"A",
              "States":{"A":{"Type":"Pass","End":true}}}]}}}
            """,
            "{}",
            [
                "1 0 ExecutionStarted",
                "2 0 ParallelStateEntered",
                "3 2 ParallelStateStarted",
                "4 3 PassStateEntered",
                "5 4 PassStateExited",
                "6 5 ParallelStateSucceeded",
                "7 5 ParallelStateExited",
                "8 7 ExecutionSucceeded",
            ]
        );

    [Theory, OnEachTarget]
    public Task Parallel_WithAFailingTask_AbortsItsState(string on) =>
        HoldHistoryAsync(
            on,
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"T","States":{"T":{"Type":"Task","End":true,
              "Resource":"arn:aws:states:::aws-sdk:dynamodb:getItem","Parameters":{"TableName":"none","Key":{"a":{"S":"b"}}}}}}]}}}
            """,
            "{}",
            [
                "1 0 ExecutionStarted",
                "2 0 ParallelStateEntered",
                "3 2 ParallelStateStarted",
                "4 3 TaskStateEntered",
                "5 4 TaskScheduled",
                "6 5 TaskStarted",
                "7 6 TaskFailed",
                "8 7 TaskStateAborted",
                "9 7 ParallelStateFailed",
                "10 9 ExecutionFailed",
            ]
        );

    [Theory, OnEachTarget]
    public Task Execution_Stopped_FollowsFromNothing(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Long)).Text("stateMachineArn");
                var execution = (await target.StartAsync(machine, "{}")).Text("executionArn");
                await Waiting.UntilAsync(() => LinesAsync(target, execution), lines => lines.Count == 2);
                await target.CallAsync("states", "StopExecution", new JsonObject { ["executionArn"] = execution });
                var lines = await Waiting.UntilAsync(() => LinesAsync(target, execution), lines => lines.Count == 3);
                Assert.Equal(["1 0 ExecutionStarted", "2 0 WaitStateEntered", "3 0 ExecutionAborted"], lines);
            }
        );

    [Theory, OnEachTarget]
    public Task RetryCount_IsThereOnlyInAStateThatRetries(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync("""{"StartAt":"A","States":{"A":{"Type":"Pass","OutputPath":"$$.State","End":true}}}""");
                Assert.Equal(
                    "EnteredTime Name",
                    string.Join(' ', JsonNode.Parse(ended.Text("output"))!.AsObject().Select(member => member.Key).Order())
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Output_OfPutEvents_IsTheServicesAnswer(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"T","States":{"T":{"Type":"Task","End":true,"Resource":"arn:aws:states:::events:putEvents",
                      "Parameters":{"Entries":[{"Source":"s","DetailType":"d","Detail":{"a":1}}]}}}}
                    """
                );
                Assert.Equal(
                    "Entries FailedEntryCount",
                    string.Join(' ', JsonNode.Parse(ended.Text("output"))!.AsObject().Select(member => member.Key).Order())
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Output_OfSendMessage_HasTheHeadersOfItsAnswer(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                var ended = await target.RunAsync(
                    $$$"""
                    {"StartAt":"T","States":{"T":{"Type":"Task","End":true,"Resource":"arn:aws:states:::sqs:sendMessage",
                      "Parameters":{"QueueUrl":"{{{url}}}","MessageBody":"m"} } } }
                    """
                );
                var http = JsonNode.Parse(ended.Text("output"))!["SdkHttpMetadata"]!;
                Assert.Equal("200", http["HttpStatusCode"]!.ToString());
                Assert.Equal("application/x-amz-json-1.0", http["HttpHeaders"]!["Content-Type"]!.ToString());
                Assert.Equal("106", http["HttpHeaders"]!["Content-Length"]!.ToString());
                Assert.Equal("106", http["AllHttpHeaders"]!["Content-Length"]![0]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Timestamp_WithNanoseconds_IsOne(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"W","States":{"W":{"Type":"Wait","Timestamp":"2016-03-14T01:59:00.123456789Z","Next":"C"},
                      "C":{"Type":"Choice","Choices":[{"Variable":"$.t","TimestampGreaterThan":"2016-03-14T01:59:00.123456789+01:00",
                        "Next":"Good"}],"Default":"Bad"},"Good":{"Type":"Succeed"},"Bad":{"Type":"Fail"}}}
                    """,
                    """{"t":"2016-03-14T01:59:00.123456789Z"}"""
                );
                Assert.Equal("SUCCEEDED", ended.Text("status"));
            }
        );

    [Theory, OnEachTarget]
    public Task Update_OfNothing_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var machine = (await target.CreateMachineAsync(WorkflowCalls.Short)).Text("stateMachineArn");
                var refused = await target.CallAsync("states", "UpdateStateMachine", new JsonObject { ["stateMachineArn"] = machine });
                Assert.Equal("MissingRequiredParameter", refused.Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Logging_OfAMachine_IsShown(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var input = JsonNode
                    .Parse(
                        """
                        {"loggingConfiguration":{"level":"ERROR","includeExecutionData":true,"destinations":[
                          {"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:000000000000:log-group:g:*"}}]}}
                        """
                    )!
                    .AsObject();
                (input["name"], input["definition"], input["roleArn"]) = ("m", WorkflowCalls.Short, target.RoleArn);
                var machine = (await target.CallAsync("states", "CreateStateMachine", input)).Text("stateMachineArn");
                var shown = (await target.CallAsync("states", "DescribeStateMachine", new JsonObject { ["stateMachineArn"] = machine }))[
                    "loggingConfiguration"
                ]!;
                Assert.Equal(("ERROR", "true"), (shown["level"]!.ToString(), shown["includeExecutionData"]!.ToString()));
                Assert.EndsWith(
                    "log-group:g:*",
                    shown["destinations"]![0]!["cloudWatchLogsLogGroup"]!["logGroupArn"]!.ToString(),
                    StringComparison.Ordinal
                );
                input["name"] = "other";
                input["loggingConfiguration"]!.AsObject().Remove("destinations");
                Assert.Equal("InvalidLoggingConfiguration", (await target.CallAsync("states", "CreateStateMachine", input)).Code);
            }
        );

    private Task HoldHistoryAsync(
        string on,
        string definition,
        string input,
        string[] expected,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(definition, input);
                Assert.Equal(expected, await LinesAsync(target, ended.Text("executionArn")));
            },
            name
        );

    private static async Task<List<string>> LinesAsync(IContractTarget target, string execution) =>
        (await target.HistoryAsync(execution)).ConvertAll(item => $"{item["id"]} {item["previousEventId"]} {item["type"]}");
}
