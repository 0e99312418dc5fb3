using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

/// <summary>The order and the links of events, as AWS records them.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task History_OfAnEndedExecution_IsPackedAndReadBothWays()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var machine = await workflow.CreateAsync(
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.s","End":true,"ItemProcessor":{"StartAt":"A",
              "States":{"A":{"Type":"Pass","End":true}}}}}}
            """
        );
        var execution = await workflow.StartAsync(machine, $$"""{"s":[{{string.Join(',', Enumerable.Range(0, 30))}}]}""");
        await workflow.EndAsync(execution);
        var history = await workflow.HistoryAsync(execution);
        var page = new JsonObject
        {
            ["executionArn"] = execution,
            ["reverseOrder"] = true,
            ["maxResults"] = 2,
        };
        var last = await host.CallAsync("states", "GetExecutionHistory", page);

        Assert.Equal(Enumerable.Range(1, history.Count), history.Select(item => item["id"]!.GetValue<int>()));
        Assert.Equal([history.Count, history.Count - 1], last["events"]!.AsArray().Select(item => item!["id"]!.GetValue<int>()));
        var (loose, packed) = Kept(host);
        Assert.Equal(0, loose);
        Assert.InRange(packed, 1, history.Sum(item => item.ToJsonString().Length) / 5);
    }

    [Fact]
    public async Task Execution_NinetyDaysAfterItsEnd_IsForgotten()
    {
        await using var host = await TestHost.StartAsync();
        var workflow = new Workflow(host);
        var machine = await workflow.CreateAsync("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""");
        var execution = await workflow.StartAsync(machine);
        await workflow.EndAsync(execution);
        host.Time.Advance(TimeSpan.FromDays(89));
        await workflow.HistoryAsync(execution);
        host.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));

        var refused = await Waiting.UntilAsync(() => CodeAsync(() => workflow.HistoryAsync(execution)), code => code is not null);

        Assert.Equal("ExecutionDoesNotExist", refused);
        Assert.Equal((0, 0), Kept(host));
    }

    private static async Task<string?> CodeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (AwsCallException refused)
        {
            return refused.Code;
        }
    }

    /// <summary>Octets of events that stand one a row, and of packed ones.</summary>
    private static (long Loose, long Packed) Kept(TestHost host)
    {
        var database = Directory.GetFiles(host.Directory).First(file => file.EndsWith(".db", StringComparison.Ordinal));
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT (SELECT COALESCE(SUM(length(body)), 0) FROM sfn_event), (SELECT COALESCE(SUM(length(packed)), 0) FROM sfn_history)";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }

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
