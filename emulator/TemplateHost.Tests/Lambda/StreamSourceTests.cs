using System.Text.Json.Nodes;
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
            await host.CallAsync(
                "dynamodb",
                "PutItem",
                new JsonObject
                {
                    ["TableName"] = "table",
                    ["Item"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = key } },
                }
            );
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
        await host.CallAsync(
            "dynamodb",
            "PutItem",
            new JsonObject
            {
                ["TableName"] = "table",
                ["Item"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = "before" } },
            }
        );
        await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Count == 1);
        await host.Host.DisposeAsync();
        await using var again = await TestHost.StartAsync(template, host.Time, host.Directory, functions.Location);
        await again.CallAsync(
            "dynamodb",
            "PutItem",
            new JsonObject
            {
                ["TableName"] = "table",
                ["Item"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = "after" } },
            }
        );
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
        await PutAsync("before");
        await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Count == 1);
        for (var hour = 0; hour < 30; hour++)
        {
            host.Time.Advance(TimeSpan.FromHours(1));
            await Task.Delay(20);
        }

        await PutAsync("after");

        var handled = await Waiting.UntilAsync(() => AdvanceAsync(host, functions), keys => keys.Contains("after"));
        Assert.Equal(["before", "after"], handled.Distinct());

        Task PutAsync(string key) =>
            host.CallAsync(
                "dynamodb",
                "PutItem",
                new JsonObject
                {
                    ["TableName"] = "table",
                    ["Item"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = key } },
                }
            );
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

    private static async Task<List<string>> AdvanceAsync(TestHost host, ShellFunctions functions)
    {
        host.Time.Advance(TimeSpan.FromMilliseconds(300));
        await Task.Delay(20);
        return
        [
            .. functions
                .Handled.SelectMany(line => JsonNode.Parse(line)!["Records"]!.AsArray())
                .Select(record => record!["dynamodb"]!["Keys"]!["pk"]!["S"]!.ToString()),
        ];
    }
}
