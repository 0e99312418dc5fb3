using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

/// <summary>The order and the links of events, as AWS records them.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task Parallel_Caught_FailsAfterItsFailedBranch()
    {
        var history = await RunAsync(
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"F","States":{"F":{"Type":"Fail",
              "Error":"E"}}}],
              "Catch":[{"ErrorEquals":["E"],"Next":"R"}]},"R":{"Type":"Succeed"}}}
            """
        );
        Assert.Equal(
            [
                "ExecutionStarted 0",
                "ParallelStateEntered 0",
                "ParallelStateStarted 2",
                "FailStateEntered 3",
                "ParallelStateFailed 4",
                "ParallelStateExited 5",
                "SucceedStateEntered 6",
                "SucceedStateExited 7",
                "ExecutionSucceeded 8",
            ],
            history.Select(item => $"{item["type"]} {item["previousEventId"]}")
        );
    }

    [Fact]
    public async Task Map_OneAtATime_RecordsEachIteration()
    {
        var history = await RunAsync(
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"ItemsPath":"$.s","End":true,"ItemProcessor":{"StartAt":"A",
              "States":{"A":{"Type":"Pass","End":true}}}}}}
            """,
            """{"s":[7,8]}"""
        );
        Assert.Equal(
            [
                "ExecutionStarted",
                "MapStateEntered",
                "MapStateStarted",
                "MapIterationStarted",
                "PassStateEntered",
                "PassStateExited",
                "MapIterationSucceeded",
                "MapIterationStarted",
                "PassStateEntered",
                "PassStateExited",
                "MapIterationSucceeded",
                "MapStateSucceeded",
                "MapStateExited",
                "ExecutionSucceeded",
            ],
            history.Select(item => item["type"]!.GetValue<string>())
        );
        Assert.Equal(2, history[2]["mapStateStartedEventDetails"]!["length"]!.GetValue<int>());
        Assert.Equal("""{"name":"M","index":1}""", history[7]["mapIterationStartedEventDetails"]!.ToJsonString());
    }

    [Fact]
    public async Task Task_ThatFails_TellsResourceErrorAndCause()
    {
        var history = await RunAsync(
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:getItem","TimeoutSeconds":9,
              "Parameters":{"TableName":"absent","Key":{"pk":{"S":"1"}}},"End":true}}}
            """
        );
        Assert.Equal(
            ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskFailed", "ExecutionFailed"],
            history.Select(item => item["type"]!.GetValue<string>())
        );
        var scheduled = history[2]["taskScheduledEventDetails"]!;
        Assert.Equal(
            ("aws-sdk:dynamodb", "getItem", "us-east-1", 9),
            (
                scheduled["resourceType"]!.GetValue<string>(),
                scheduled["resource"]!.GetValue<string>(),
                scheduled["region"]!.GetValue<string>(),
                scheduled["timeoutInSeconds"]!.GetValue<int>()
            )
        );
        Assert.Equal("""{"TableName":"absent","Key":{"pk":{"S":"1"}}}""", scheduled["parameters"]!.GetValue<string>());
        Assert.Equal("DynamoDb.ResourceNotFoundException", history[4]["taskFailedEventDetails"]!["error"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"Type":"Pass","InputPath":"$.no","End":true}""", "Invalid path '$.no' : No results for path: $['no']")]
    [InlineData(
        """{"Type":"Wait","SecondsPath":"$.s","End":true}""",
        "The SecondsPath parameter cannot be parsed as a long value: $.s == x"
    )]
    [InlineData(
        """{"Type":"Pass","Result":1,"ResultPath":"$.s.t","End":true}""",
        "Unable to apply ReferencePath $.s.t to input {\"s\":\"x\"}"
    )]
    [InlineData(
        """{"Type":"Pass","Parameters":{"v.$":"$.no"},"End":true}""",
        "The JSONPath '$.no' specified for the field 'v.$' could not be found in the input '{\"s\":\"x\"}'"
    )]
    public async Task State_WithBadData_NamesThePlace(string state, string cause)
    {
        var history = await RunAsync($$"""{"StartAt":"A","States":{"A":{{state}}} }""", """{"s":"x"}""");
        Assert.Equal(
            $"An error occurred while executing the state 'A' (entered at the event id #2). {cause}",
            history[^1]["executionFailedEventDetails"]!["cause"]!.GetValue<string>()
        );
    }

    private static async Task<List<JsonNode>> RunAsync(string definition, string input = "{}")
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await workflow.StartAsync(await workflow.CreateAsync(definition), input);
        await workflow.EndAsync(execution);
        return await workflow.HistoryAsync(execution);
    }
}
