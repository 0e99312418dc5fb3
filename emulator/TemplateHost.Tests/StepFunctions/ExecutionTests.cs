using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

public sealed class ExecutionTests
{
    private const string Waiting = """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}}""";

    [Fact]
    public async Task Start_RepeatedWhileRunning_IsTheSameExecution()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var machine = await workflow.CreateAsync(Waiting);
        var first = await workflow.StartAsync(machine, """{"a":1}""", "name");
        Assert.Equal(first, await workflow.StartAsync(machine, """{"a":1}""", "name"));
        Assert.Equal("arn:aws:states:us-east-1:000000000000:execution:Machine:name", first);
        Assert.Equal("ExecutionAlreadyExists", await CodeOf(() => workflow.StartAsync(machine, """{"a":2}""", "name")));
    }

    [Fact]
    public async Task Start_WithANameTwiceInTheInput_HasTheLast()
    {
        await using var host = await TestHost.StartAsync();
        const string Pass = """{"StartAt":"P","States":{"P":{"Type":"Pass","OutputPath":"$.a","End":true}}}""";

        var ended = await new Workflow(host).RunAsync(Pass, """{"a":1,"a":2}""");

        Assert.Equal("2", Workflow.Output(ended));
    }

    [Fact]
    public async Task Start_RepeatedAfterTheEnd_IsExecutionAlreadyExists()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var machine = await workflow.CreateAsync("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""");
        await workflow.EndAsync(await workflow.StartAsync(machine, "{}", "name"));
        Assert.Equal("ExecutionAlreadyExists", await CodeOf(() => workflow.StartAsync(machine, "{}", "name")));
    }

    [Theory]
    [InlineData("InvalidExecutionInput", "{", "good")]
    [InlineData("InvalidExecutionInput", """{"a":"\ud800"}""", "good")]
    [InlineData("InvalidName", "{}", "a b")]
    public async Task Start_WithBadRequest_IsRefused(string code, string input, string name)
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var machine = await workflow.CreateAsync(Waiting);
        Assert.Equal(code, await CodeOf(() => workflow.StartAsync(machine, input, name)));
    }

    [Fact]
    public async Task Start_OfUnknownMachine_IsStateMachineDoesNotExist()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(
            "StateMachineDoesNotExist",
            await CodeOf(() => new Workflow(host).StartAsync("arn:aws:states:us-east-1:000000000000:stateMachine:None"))
        );
    }

    [Fact]
    public async Task History_InPages_ForwardsAndBackwards_IsWhole()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await workflow.StartAsync(
            await workflow.CreateAsync(
                """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Succeed"}}}"""
            )
        );
        await workflow.EndAsync(execution);
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7, 8], await IdsAsync(host, execution, reverse: false));
        Assert.Equal([8L, 7, 6, 5, 4, 3, 2, 1], await IdsAsync(host, execution, reverse: true));
    }

    [Fact]
    public async Task List_ByStatus_GivesThoseOnly()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var machine = await workflow.CreateAsync(Waiting);
        var stopped = await workflow.StartAsync(machine);
        await workflow.StartAsync(machine);
        await host.CallAsync("states", "StopExecution", new JsonObject { ["executionArn"] = stopped });
        var answer = await host.CallAsync(
            "states",
            "ListExecutions",
            new JsonObject { ["stateMachineArn"] = machine, ["statusFilter"] = "ABORTED" }
        );
        Assert.Equal(stopped, Assert.Single(answer["executions"]!.AsArray())!["executionArn"]!.GetValue<string>());
    }

    [Fact]
    public async Task Restart_InTheMiddleOfMap_DoesNotRepeatWhatIsDone()
    {
        var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await workflow.StartAsync(
            await workflow.CreateAsync(
                """
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.s","MaxConcurrency":1,"End":true,"ItemProcessor":{"StartAt":"W",
                  "States":{
                  "W":{"Type":"Wait","SecondsPath":"$","Next":"P"},"P":{"Type":"Pass","Parameters":{"id.$":"States.UUID()"},"End":true}}}}}}
                """
            ),
            """{"s":[0,60]}"""
        );
        var before = await Testing.Waiting.UntilAsync(
            () => workflow.HistoryAsync(execution),
            history => history.Count(item => item["type"]!.ToString() == "WaitStateEntered") == 2
        );
        await using var again = await host.RestartAsync();
        again.Time.Advance(TimeSpan.FromSeconds(60));
        var ended = await new Workflow(again).EndAsync(execution);
        var first = before.First(item => item["type"]!.ToString() == "PassStateExited")["stateExitedEventDetails"]![
            "output"
        ]!.GetValue<string>();
        Assert.Equal(first, JsonNode.Parse(Workflow.Output(ended))![0]!.ToJsonString());
    }

    [Fact]
    public async Task StartAsRole_WithoutRight_IsAccessDenied()
    {
        await using var host = await TestHost.StartAsync(
            TestHost.Template(
                """
                "Nobody": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [
                  { "Effect": "Allow", "Principal": { "Service": "states.amazonaws.com" }, "Action": "sts:AssumeRole" } ] } } }
                """
            )
        );
        var machine = await new Workflow(host).CreateAsync(Waiting);
        var refused = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync("states", "StartExecution", new JsonObject { ["stateMachineArn"] = machine }, "Nobody")
        );
        Assert.Equal("AccessDeniedException", refused.Code);
        Assert.Contains("states:StartExecution", refused.Body.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<List<long>> IdsAsync(TestHost host, string execution, bool reverse)
    {
        var ids = new List<long>();
        string? next = null;
        do
        {
            var input = new JsonObject
            {
                ["executionArn"] = execution,
                ["maxResults"] = 3,
                ["reverseOrder"] = reverse,
            };
            if (next is not null)
            {
                input["nextToken"] = next;
            }

            var page = await host.CallAsync("states", "GetExecutionHistory", input);
            ids.AddRange(page["events"]!.AsArray().Select(item => item!["id"]!.GetValue<long>()));
            next = page["nextToken"]?.GetValue<string>();
        } while (next is not null);

        return ids;
    }

    private static async Task<string> CodeOf(Func<Task> call) => (await Assert.ThrowsAsync<AwsCallException>(call)).Code;
}
