using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

/// <summary>Versions and aliases of state machines, and executions that are redriven.</summary>
public sealed class VersionTests
{
    [Fact]
    public async Task Version_AfterTheMachineHasChanged_StartsWhatWasPublished()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var machine = await workflow.CreateAsync(Pass("one"));
        var first = await PublishAsync(host, machine);
        await host.CallAsync("states", "UpdateStateMachine", new() { ["stateMachineArn"] = machine, ["definition"] = Pass("two") });
        var second = await PublishAsync(host, machine);
        Assert.Equal(($"{machine}:1", $"{machine}:2"), (first, second));
        Assert.Equal(second, await PublishAsync(host, machine));
        Assert.Equal("\"one\"", Workflow.Output(await workflow.EndAsync(await workflow.StartAsync(first))));
        var latest = await workflow.EndAsync(await workflow.StartAsync(machine));
        Assert.Equal("\"two\"", Workflow.Output(latest));
        Assert.Null(latest["stateMachineVersionArn"]);
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => workflow.StartAsync($"{machine}:3"));
        Assert.EndsWith("StateMachineDoesNotExist", refused.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redrive_OfAStoppedWait_GoesOnInTheStateWithItsInput()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var machine = await workflow.CreateAsync(
            """
            {"StartAt":"Add","States":{"Add":{"Type":"Pass","Result":7,"ResultPath":"$.x","Next":"W"},
              "W":{"Type":"Wait","Seconds":60,"End":true}}}
            """
        );
        var execution = await workflow.StartAsync(machine, """{"y":1}""");
        while (!(await workflow.HistoryAsync(execution)).Exists(entry => $"{entry["type"]}" == "WaitStateEntered"))
        {
            await Task.Delay(5);
        }

        await host.CallAsync("states", "StopExecution", new() { ["executionArn"] = execution });
        await host.CallAsync("states", "RedriveExecution", new() { ["executionArn"] = execution });
        Assert.Equal("RUNNING", $"{(await workflow.DescribeAsync(execution))["status"]}");
        while ((await workflow.HistoryAsync(execution)).Count(entry => $"{entry["type"]}" == "WaitStateEntered") < 2)
        {
            await Task.Delay(5);
        }

        host.Time.Advance(TimeSpan.FromSeconds(61));
        var ended = await workflow.EndAsync(execution);
        Assert.Equal("SUCCEEDED", $"{ended["status"]}");
        Assert.Equal(7, JsonNode.Parse(Workflow.Output(ended))!["x"]!.GetValue<int>());
        var refused = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync("states", "RedriveExecution", new() { ["executionArn"] = execution })
        );
        Assert.EndsWith("ExecutionNotRedrivable", refused.Code, StringComparison.Ordinal);
    }

    private static string Pass(string result) =>
        """{"StartAt":"P","States":{"P":{"Type":"Pass","Result":"RESULT","End":true}}}""".Replace(
            "RESULT",
            result,
            StringComparison.Ordinal
        );

    private static async Task<string> PublishAsync(TestHost host, string machine) =>
        (await host.CallAsync("states", "PublishStateMachineVersion", new() { ["stateMachineArn"] = machine }))[
            "stateMachineVersionArn"
        ]!.GetValue<string>();
}
