using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Testing;
using TemplateHost.Tests.Sqs;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Lambda;

public sealed class StreamSourceTests
{
    private const string Resources = """
        ,"Failures": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "failures" } },
        "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }], "KeySchema": [{ "AttributeName": "pk",
            "KeyType": "HASH" }],
          "StreamSpecification": { "StreamViewType": "NEW_IMAGE" },
          "TimeToLiveSpecification": { "AttributeName": "expires", "Enabled": true } } },
        "Mapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": { "BatchSize": 10,
          "EventSourceArn": { "Fn::GetAtt": ["Table", "StreamArn"] },
          "FunctionName": { "Ref": "Stream" }, "StartingPosition": "TRIM_HORIZON", "BisectBatchOnFunctionError": true,
            "MaximumRetryAttempts": 1,
          "DestinationConfig": { "OnFailure": { "Destination": { "Fn::GetAtt": ["Failures", "Arn"] } } } } }
        """;

    [Fact]
    public async Task Batch_WithOneBadRecord_IsSplitUntilOnlyThatOneIsGivenUp()
    {
        using var functions = new ShellFunctions();
        await using var host = await TestHost.StartAsync(
            TestHost.Template(ShellFunctions.Resource("Stream") + Resources),
            functions: functions.Location
        );
        foreach (var key in new[] { "a", "b", "bad", "c" })
        {
            await PutAsync(host, key);
        }

        await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.SequenceEqual(["a", "b", "c"]));
        var report = JsonNode.Parse(Assert.Single(await new Queues(host).BodiesAsync($"{host.Host.AwsUrl}/000000000000/failures")))!;
        Assert.Equal(1, report["DDBStreamBatchInfo"]!["batchSize"]!.GetValue<int>());
    }

    [Fact]
    public async Task Restart_GoesOnWhereItStood()
    {
        using var functions = new ShellFunctions();
        var template = TestHost.Template(ShellFunctions.Resource("Stream") + Resources);
        var host = await TestHost.StartAsync(template, functions: functions.Location);
        await PutAsync(host, "before");
        await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Count == 1);
        await host.Host.DisposeAsync();
        await using var again = await TestHost.StartAsync(template, host.Time, host.Directory, functions.Location);
        await PutAsync(again, "after");
        // Whatever was in flight when the host stopped may come twice; nothing is lost and nothing overtakes.
        var handled = await Waiting.UntilAsync(() => AdvanceAsync(again, functions), keys => keys.Contains("after"));
        Assert.Equal(["before", "after"], handled.Distinct());
    }

    [Fact]
    public async Task Stream_WithoutAChangeForLongerThanItKeepsAny_IsReadOn()
    {
        using var functions = new ShellFunctions();
        await using var host = await TestHost.StartAsync(
            TestHost.Template(ShellFunctions.Resource("Stream") + Resources),
            functions: functions.Location
        );
        await PutAsync(host, "before");
        await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Count == 1);
        for (var hour = 0; hour < 30; hour++)
        {
            host.Time.Advance(TimeSpan.FromHours(1));
            await Task.Delay(20);
        }

        await PutAsync(host, "after");

        var handled = await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Contains("after"));
        Assert.Equal(["before", "after"], handled.Distinct());
    }

    [Fact]
    public async Task Window_ThatTheHostKeeps_GathersABatch()
    {
        using var functions = new ShellFunctions();
        const string Size = "\"BatchSize\": 10";
        var template = TestHost.Template(
            ShellFunctions.Resource("Stream")
                + Resources.Replace(Size, $"\"MaximumBatchingWindowInSeconds\": 60, {Size}", StringComparison.Ordinal)
        );
        await using var host = await TestHost.StartAsync(template, functions: functions.Location, window: TimeSpan.FromSeconds(20));
        await PutAsync(host, "first");
        for (var step = 0; step < 10; step++)
        {
            // Less than the window, and enough to be read.
            Assert.Empty(await AdvanceAsync(host, functions));
        }

        await PutAsync(host, "second");
        await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Contains("second"));
        Assert.Single(functions.Handled);
    }

    [Fact]
    public async Task Window_OfMoreThanFiveMinutes_IsRefused()
    {
        var template = TestHost.Template(
            ShellFunctions.Resource("Stream")
                + Resources.Replace("\"BatchSize\": 10", "\"MaximumBatchingWindowInSeconds\": 301", StringComparison.Ordinal)
        );
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => TestHost.StartAsync(template));
        Assert.Contains("MaximumBatchingWindowInSeconds", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapping_WithFilters_HandsOverWhatAnyMatchesAndPassesOverTheRest()
    {
        const string Filters = """
            "FilterCriteria": { "Filters": [ { "Pattern": "{\"eventName\":[\"REMOVE\"],\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":[\"a\"]}}}}" },
              { "Pattern": "{\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":[{\"prefix\":\"c\"}]}}}}" } ] }, "BatchSize": 10
            """;
        using var functions = new ShellFunctions();
        var template = TestHost.Template(
            ShellFunctions.Resource("Stream") + Resources.Replace("\"BatchSize\": 10", Filters, StringComparison.Ordinal)
        );
        await using var host = await TestHost.StartAsync(template, functions: functions.Location);
        // Beyond a batch of which nothing is handed over comes the next.
        foreach (var key in (string[])["a", "c1", .. Enumerable.Range(0, 25).Select(number => $"b{number}"), "c2"])
        {
            await PutAsync(host, key);
        }

        foreach (var key in new[] { "a", "b1", "c1" })
        {
            await host.CallAsync(
                "dynamodb",
                "DeleteItem",
                new JsonObject
                {
                    ["TableName"] = "table",
                    ["Key"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = key } },
                }
            );
        }

        Assert.Equal(["c1", "c2", "a", "c1"], await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Count >= 4));
    }

    [Theory]
    [InlineData("[]", "Pattern is no pattern: Filter is not an object")]
    [InlineData("{", "Pattern is no pattern")]
    [InlineData("{\\\"eventName\\\":\\\"REMOVE\\\"}", "Pattern is no pattern: \"eventName\" must be an object or an array")]
    public async Task Mapping_WithAFilterThatIsNone_IsRefusedByItsName(string pattern, string reason)
    {
        var filters = $$"""
            "FilterCriteria": { "Filters": [ { "Pattern": "{{pattern}}" } ] }, "BatchSize": 10
            """;
        using var functions = new ShellFunctions();
        var template = TestHost.Template(
            ShellFunctions.Resource("Stream") + Resources.Replace("\"BatchSize\": 10", filters, StringComparison.Ordinal)
        );

        var refusal = await Assert.ThrowsAsync<DeploymentException>(() => TestHost.StartAsync(template, functions: functions.Location));

        Assert.Contains($"Mapping (AWS::Lambda::EventSourceMapping): property FilterCriteria.Filters.{reason}", refusal.Message);
    }

    [Fact]
    public async Task Item_PastItsTimeToLive_IsToldAsDeletedByTheService()
    {
        using var functions = new ShellFunctions();
        await using var host = await TestHost.StartAsync(
            TestHost.Template(ShellFunctions.Resource("Stream") + Resources),
            functions: functions.Location
        );
        var expires = new JsonObject { ["N"] = $"{host.Time.GetUtcNow().AddSeconds(30).ToUnixTimeSeconds()}" };
        await host.CallAsync(
            "dynamodb",
            "PutItem",
            new JsonObject
            {
                ["TableName"] = "table",
                ["Item"] = new JsonObject
                {
                    ["pk"] = new JsonObject { ["S"] = "a" },
                    ["expires"] = expires,
                },
            }
        );
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Count == 2);
        var removed = functions.Handled.SelectMany(line => JsonNode.Parse(line)!["Records"]!.AsArray()).Last()!;
        Assert.Equal(
            ("REMOVE", "Service", "dynamodb.amazonaws.com"),
            (
                removed["eventName"]!.ToString(),
                removed["userIdentity"]!["type"]!.ToString(),
                removed["userIdentity"]!["principalId"]!.ToString()
            )
        );
    }

    private static Task<JsonObject> PutAsync(TestHost host, string key) =>
        host.CallAsync(
            "dynamodb",
            "PutItem",
            new JsonObject
            {
                ["TableName"] = "table",
                ["Item"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = key } },
            }
        );

    // A function for which the time is put forward while it runs times out, and is given the same again.
    private static async Task<List<string>> AdvanceAsync(TestHost host, ShellFunctions functions)
    {
        if (host.Host.RunningInvocations == 0)
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(300));
        }

        await Task.Delay(20);
        return
        [
            .. functions
                .Handled.SelectMany(line => JsonNode.Parse(line)!["Records"]!.AsArray())
                .Select(record => record!["dynamodb"]!["Keys"]!["pk"]!["S"]!.ToString()),
        ];
    }
}
