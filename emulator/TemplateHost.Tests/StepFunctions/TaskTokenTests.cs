using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Sqs;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

public sealed class TaskTokenTests
{
    private const string Definition = """
        {"StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","TimeoutSeconds":60,"ResultPath":"$.r",
            "Parameters":{"QueueUrl.$":"$.queue","MessageBody":{"token.$":"$$.Task.Token"}},
            "Catch":[{"ErrorEquals":["States.Timeout"],"ResultPath":"$.late","Next":"Late"},{"ErrorEquals":["Refused"],
              "ResultPath":"$.no","Next":"Late"}],"End":true},
          "Late":{"Type":"Pass","End":true}}}
        """;

    [Fact]
    public async Task Success_WithinTimeout_BecomesTheResult()
    {
        await using var host = await TestHost.StartAsync();
        var (workflow, execution, token) = await WaitingAsync(host);
        await SendAsync(host, "SendTaskSuccess", token, ("output", """{"v":1}"""));
        var ended = await workflow.EndAsync(execution);
        Assert.Equal("""{"v":1}""", JsonNode.Parse(Workflow.Output(ended))!["r"]!.ToJsonString());
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
            (await workflow.HistoryAsync(execution)).Select(item => item["type"]!.GetValue<string>())
        );
    }

    [Fact]
    public async Task Success_Repeated_IsTaskTimedOut()
    {
        await using var host = await TestHost.StartAsync();
        var (_, _, token) = await WaitingAsync(host);
        await SendAsync(host, "SendTaskSuccess", token, ("output", "{}"));
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => SendAsync(host, "SendTaskSuccess", token, ("output", "{}")));
        Assert.Equal("TaskTimedOut", refused.Code);
    }

    [Fact]
    public async Task Success_AtTheDeadline_IsTooLate()
    {
        await using var host = await TestHost.StartAsync();
        var (workflow, execution, token) = await WaitingAsync(host);
        host.Time.Advance(TimeSpan.FromSeconds(60));
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => SendAsync(host, "SendTaskSuccess", token, ("output", "{}")));
        Assert.Equal("TaskTimedOut", refused.Code);
        Assert.Equal(
            "States.Timeout",
            JsonNode.Parse(Workflow.Output(await workflow.EndAsync(execution)))!["late"]!["Error"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task Failure_IsCaughtUnderItsName()
    {
        await using var host = await TestHost.StartAsync();
        var (workflow, execution, token) = await WaitingAsync(host);
        await SendAsync(host, "SendTaskFailure", token, ("error", "Refused"), ("cause", "no"));
        Assert.Equal(
            """{"Error":"Refused","Cause":"no"}""",
            JsonNode.Parse(Workflow.Output(await workflow.EndAsync(execution)))!["no"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("not base64!", "InvalidToken")]
    [InlineData("AAAA", "TaskDoesNotExist")]
    public async Task Success_WithOtherToken_IsRefused(string token, string code)
    {
        await using var host = await TestHost.StartAsync();
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => SendAsync(host, "SendTaskSuccess", token, ("output", "{}")));
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Restart_WhileWaiting_GoesOnWaiting()
    {
        var host = await TestHost.StartAsync();
        var (_, execution, token) = await WaitingAsync(host);
        await using var again = await host.RestartAsync();
        await SendAsync(again, "SendTaskSuccess", token, ("output", "{}"));
        Assert.Equal("SUCCEEDED", (await new Workflow(again).EndAsync(execution))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Restart_AfterTheDeadline_TimesOutAtOnce()
    {
        var host = await TestHost.StartAsync();
        var (_, execution, token) = await WaitingAsync(host);
        await host.Host.DisposeAsync();
        host.Time.Advance(TimeSpan.FromHours(1));
        await using var again = await host.RestartAsync();
        Assert.Contains("States.Timeout", Workflow.Output(await new Workflow(again).EndAsync(execution)), StringComparison.Ordinal);
        Assert.Equal(
            "TaskTimedOut",
            (await Assert.ThrowsAsync<AwsCallException>(() => SendAsync(again, "SendTaskSuccess", token, ("output", "{}")))).Code
        );
    }

    [Fact]
    public async Task Stop_WhileWaiting_AbortsAndClosesTheToken()
    {
        await using var host = await TestHost.StartAsync();
        var (workflow, execution, token) = await WaitingAsync(host);
        await host.CallAsync("states", "StopExecution", new JsonObject { ["executionArn"] = execution, ["cause"] = "enough" });
        Assert.Equal("ABORTED", (await workflow.DescribeAsync(execution))["status"]!.GetValue<string>());
        Assert.Equal("ExecutionAborted", (await workflow.HistoryAsync(execution))[^1]["type"]!.GetValue<string>());
        Assert.Equal(
            "TaskTimedOut",
            (await Assert.ThrowsAsync<AwsCallException>(() => SendAsync(host, "SendTaskSuccess", token, ("output", "{}")))).Code
        );
    }

    private static async Task<(Workflow Workflow, string Execution, string Token)> WaitingAsync(TestHost host)
    {
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("tokens");
        var workflow = new Workflow(host);
        var execution = await workflow.StartAsync(await workflow.CreateAsync(Definition), $$"""{"queue":"{{queue}}"}""");
        await Waiting.UntilAsync(
            () => workflow.HistoryAsync(execution),
            history => history.Any(item => item["type"]!.GetValue<string>() == "TaskSubmitted")
        );
        var message = (await queues.ReceiveAsync(queue)).Single();
        return (workflow, execution, JsonNode.Parse(message["Body"]!.GetValue<string>())!["token"]!.GetValue<string>());
    }

    private static Task<JsonObject> SendAsync(TestHost host, string operation, string token, params (string Name, string Value)[] members)
    {
        var input = new JsonObject { ["taskToken"] = token };
        foreach (var (name, value) in members)
        {
            input[name] = value;
        }

        return host.CallAsync("states", operation, input);
    }
}
