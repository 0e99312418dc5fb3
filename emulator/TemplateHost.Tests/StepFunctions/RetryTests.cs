using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

/// <summary>Retry, Catch, timeouts and heartbeats. The failing task reads a table that does not exist.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task Retry_WithBackoff_WaitsLongerEachTime()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await StartAsync(
            workflow,
            """
            "Retry":[{"ErrorEquals":["DynamoDb.ResourceNotFoundException"],"IntervalSeconds":2,"BackoffRate":3,
              "MaxAttempts":3,"MaxDelaySeconds":10}]
            """
        );
        foreach (var (attempts, pause) in new[] { (1, 2), (2, 6), (3, 10) })
        {
            await AttemptsAsync(workflow, execution, attempts);
            host.Time.Advance(TimeSpan.FromSeconds(pause - 1));
            await Task.Delay(50);
            Assert.Equal(attempts, await CountAsync(workflow, execution));
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var ended = await workflow.EndAsync(execution);
        Assert.Equal("DynamoDb.ResourceNotFoundException", ended["error"]!.GetValue<string>());
        Assert.Equal(4, await CountAsync(workflow, execution));
    }

    [Fact]
    public async Task Retry_CountsEachEntryByItself_AndMetersEachAttempt()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await StartAsync(
            workflow,
            """
            "Retry":[{"ErrorEquals":["Other"],"MaxAttempts":5},{"ErrorEquals":["States.TaskFailed"],"IntervalSeconds":1,
              "MaxAttempts":1}]
            """
        );
        await AttemptsAsync(workflow, execution, 1);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await workflow.EndAsync(execution);
        Assert.Equal(2, await CountAsync(workflow, execution));
        Assert.Equal(2, host.Host.MeterTotals["stepFunctions.stateTransition"]);
    }

    [Fact]
    public async Task Retry_AcrossRestart_GoesOnCounting()
    {
        var host = await TestHost.StartAsync();
        var execution = await StartAsync(
            new Workflow(host),
            """ "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":60,"MaxAttempts":1}] """
        );
        await AttemptsAsync(new Workflow(host), execution, 1);
        await using var again = await host.RestartAsync();
        var workflow = new Workflow(again);
        again.Time.Advance(TimeSpan.FromSeconds(59));
        await Task.Delay(50);
        Assert.Equal(1, await CountAsync(workflow, execution));
        await Task.Delay(50);
        again.Time.Advance(TimeSpan.FromSeconds(1));
        await workflow.EndAsync(execution);
        Assert.Equal(2, await CountAsync(workflow, execution));
    }

    [Fact]
    public async Task Catch_TakesTheFirstThatMatches()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await StartAsync(
            workflow,
            """
            "Catch":[{"ErrorEquals":["States.Timeout"],"Next":"R"},{"ErrorEquals":["DynamoDb.ResourceNotFoundException"],
              "ResultPath":"$.f","Next":"R"},{"ErrorEquals":["States.ALL"],"ResultPath":"$.all","Next":"R"}]
            """
        );
        var output = JsonNode.Parse(Workflow.Output(await workflow.EndAsync(execution)))!.AsObject();
        Assert.Equal("DynamoDb.ResourceNotFoundException", output["f"]!["Error"]!.GetValue<string>());
        Assert.Matches(@"\(Service: DynamoDb, Status Code: 400, Request ID: [0-9a-f-]{36}\)$", output["f"]!["Cause"]!.GetValue<string>());
        Assert.False(output.ContainsKey("all"));
    }

    [Fact]
    public async Task Timeout_OfWholeExecution_IsTimedOut()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await workflow.StartAsync(
            await workflow.CreateAsync("""{"StartAt":"W","TimeoutSeconds":10,"States":{"W":{"Type":"Wait","Seconds":60,"End":true}}}""")
        );
        await Waiting.UntilAsync(() => workflow.HistoryAsync(execution), history => history.Count == 2);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("TIMED_OUT", (await workflow.EndAsync(execution))["status"]!.GetValue<string>());
        Assert.Equal("ExecutionTimedOut", (await workflow.HistoryAsync(execution))[^1]["type"]!.GetValue<string>());
    }

    private static async Task<string> StartAsync(Workflow workflow, string handlers) =>
        await workflow.StartAsync(
            await workflow.CreateAsync(
                """
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:getItem",
                  "Parameters":{"TableName":"absent","Key":{"pk":{"S":"1"}}},
                """
                    + handlers.Trim()
                    + ""","End":true}"""
                    + (handlers.Contains("\"R\"", StringComparison.Ordinal) ? ""","R":{"Type":"Pass","End":true}""" : "")
                    + "}}"
            )
        );

    private static Task<List<JsonNode>> AttemptsAsync(Workflow workflow, string execution, int count) =>
        Waiting.UntilAsync(
            () => workflow.HistoryAsync(execution),
            history => history.Count(item => item["type"]!.GetValue<string>() == "TaskFailed") == count
        );

    private static async Task<int> CountAsync(Workflow workflow, string execution) =>
        (await workflow.HistoryAsync(execution)).Count(item => item["type"]!.GetValue<string>() == "TaskScheduled");
}
