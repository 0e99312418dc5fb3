using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

public sealed class StatesTests
{
    [Fact]
    public async Task Pass_WithResultPath_MergesIntoInput()
    {
        await using var host = await TestHost.StartAsync();
        var ended = await new Workflow(host).RunAsync(
            """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"x":1},"ResultPath":"$.a.b","End":true}}}""",
            """{"k":"v"}"""
        );
        Assert.Equal("""{"k":"v","a":{"b":{"x":1}}}""", Workflow.Output(ended));
    }

    [Fact]
    public async Task History_OfTwoStates_IsAsAwsWritesIt()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await workflow.StartAsync(
            await workflow.CreateAsync("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}"""),
            """{"n":1}"""
        );
        await workflow.EndAsync(execution);
        var history = await workflow.HistoryAsync(execution);
        Assert.Equal(
            ["ExecutionStarted", "PassStateEntered", "PassStateExited", "SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded"],
            history.Select(item => item["type"]!.GetValue<string>())
        );
        Assert.Equal([0, 0, 2, 3, 4, 5], history.Select(item => item["previousEventId"]!.GetValue<long>()));
        Assert.Equal("""{"n":1}""", history[^1]["executionSucceededEventDetails"]!["output"]!.GetValue<string>());
    }

    [Fact]
    public async Task Wait_OverSeconds_EndsWhenTimeHasPassed()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var execution = await workflow.StartAsync(
            await workflow.CreateAsync("""{"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.s","End":true}}}"""),
            """{"s":3600}"""
        );
        await Waiting.UntilAsync(() => workflow.HistoryAsync(execution), history => history.Count == 2);
        host.Time.Advance(TimeSpan.FromSeconds(3599));
        await Task.Delay(30);
        Assert.Equal("RUNNING", (await workflow.DescribeAsync(execution))["status"]!.GetValue<string>());
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("SUCCEEDED", (await workflow.EndAsync(execution))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Fail_WithPaths_GivesErrorAndCause()
    {
        await using var host = await TestHost.StartAsync();
        var ended = await new Workflow(host).RunAsync(
            """{"StartAt":"F","States":{"F":{"Type":"Fail","ErrorPath":"$.e","Cause":"because"}}}""",
            """{"e":"Broken"}"""
        );
        Assert.Equal(
            ("FAILED", "Broken", "because"),
            (ended["status"]!.ToString(), ended["error"]!.ToString(), ended["cause"]!.ToString())
        );
    }

    [Fact]
    public async Task Parallel_TwoBranches_GivesOutputsInOrder()
    {
        await using var host = await TestHost.StartAsync();
        var ended = await new Workflow(host).RunAsync(
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"A","States":{"A":{"Type":"Pass","Result":"a","End":true}}},
              {"StartAt":"B","States":{"B":{"Type":"Pass","Result":"b","Next":"C"},"C":{"Type":"Pass","End":true}}}]}}}
            """
        );
        Assert.Equal("""["a","b"]""", Workflow.Output(ended));
    }

    [Fact]
    public async Task Parallel_OneBranchFails_IsCaughtUnderItsError()
    {
        await using var host = await TestHost.StartAsync();
        var ended = await new Workflow(host).RunAsync(
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Catch":[{"ErrorEquals":["Bad"],"ResultPath":"$.f","Next":"R"}],
              "Branches":[
              {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":100000,"End":true}}},
              {"StartAt":"B","States":{"B":{"Type":"Fail","Error":"Bad","Cause":"c"}}}]},
             "R":{"Type":"Pass","End":true}}}
            """
        );
        Assert.Equal("""{"f":{"Error":"Bad","Cause":"c"}}""", Workflow.Output(ended));
    }

    [Fact]
    public async Task Map_WithSelector_SeesIndexAndValue()
    {
        await using var host = await TestHost.StartAsync();
        var ended = await new Workflow(host).RunAsync(
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":2,
              "ItemSelector":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value","all.$":"$.tag"},
              "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}},"End":true}}}
            """,
            """{"items":["x","y","z"],"tag":7}"""
        );
        Assert.Equal("""[{"i":0,"v":"x","all":7},{"i":1,"v":"y","all":7},{"i":2,"v":"z","all":7}]""", Workflow.Output(ended));
    }

    [Theory]
    [InlineData("""{"Variable":"$.n","NumericGreaterThan":5,"Next":"Y"}""", """{"n":6}""", true)]
    [InlineData("""{"Variable":"$.n","NumericEqualsPath":"$.m","Next":"Y"}""", """{"n":6,"m":6.0}""", true)]
    [InlineData("""{"Variable":"$.n","StringEquals":"6","Next":"Y"}""", """{"n":6}""", false)]
    [InlineData("""{"Variable":"$.s","StringMatches":"a*\\*c","Next":"Y"}""", """{"s":"abb*c"}""", true)]
    [InlineData("""{"Variable":"$.s","IsPresent":false,"Next":"Y"}""", "{}", true)]
    [InlineData(
        """{"And":[{"Variable":"$.s","IsString":true},{"Not":{"Variable":"$.s","StringEquals":"x"}}],"Next":"Y"}""",
        """{"s":"y"}""",
        true
    )]
    [InlineData(
        """{"Variable":"$.t","TimestampLessThan":"2026-01-01T00:00:00Z","Next":"Y"}""",
        """{"t":"2025-12-31T23:59:59+00:00"}""",
        true
    )]
    [InlineData("""{"Variable":"$.t","IsTimestamp":true,"Next":"Y"}""", """{"t":"2025-12-31"}""", false)]
    [InlineData("""{"Or":[{"Variable":"$.b","BooleanEquals":true},{"Variable":"$.b","IsNull":true}],"Next":"Y"}""", """{"b":null}""", true)]
    public async Task Choice_Comparison_TakesTheRule(string rule, string input, bool taken)
    {
        await using var host = await TestHost.StartAsync();
        var ended = await new Workflow(host).RunAsync(
            $$$"""
            {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{{{rule}}}],"Default":"N"},"Y":{"Type":"Pass",
              "Result":true,"End":true},"N":{"Type":"Pass","Result":false,"End":true} } }
            """,
            input
        );
        Assert.Equal(taken ? "true" : "false", Workflow.Output(ended));
    }

    [Fact]
    public async Task Choice_WithoutMatch_FailsAsNoChoiceMatched()
    {
        await using var host = await TestHost.StartAsync();
        var ended = await new Workflow(host).RunAsync(
            """
            {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":1,"Next":"Y"}]},
              "Y":{"Type":"Succeed"}}}
            """,
            """{"n":2}"""
        );
        Assert.Equal("States.NoChoiceMatched", ended["error"]!.GetValue<string>());
    }
}
