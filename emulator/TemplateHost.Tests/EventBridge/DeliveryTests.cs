using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Sqs;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.EventBridge;

public sealed class DeliveryTests
{
    private const string Rule = """
        "Bus": { "Type": "AWS::Events::EventBus", "Properties": { "Name": "bus" } },
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
        "Rule": { "Type": "AWS::Events::Rule", "Properties": { "EventBusName": { "Ref": "Bus" },
          "EventPattern": { "detail": { "to": { "step": [{ "exists": true }] } } },
          "Targets": [{ "Id": "t", "Arn": { "Fn::GetAtt": ["Queue", "Arn"] }, "InputPath": "$.detail.to" }] } }
        """;

    private const string Policy = """
        ,"Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [{ "Ref": "Queue" }],
          "PolicyDocument": { "Version": "2012-10-17", "Statement": [
          { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": { "Fn::GetAtt": ["Queue", "Arn"] },
            "Condition": { "ArnEquals": { "aws:SourceArn": { "Fn::GetAtt": ["Rule", "Arn"] } } } } ] } } }
        """;

    [Fact]
    public async Task PutEvents_MatchingRule_DeliversThePartThatInputPathNames()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Rule + Policy));
        await PutAsync(host, """{"to":{"step":"7","n":1},"other":true}""");
        var bodies = await Waiting.UntilAsync(() => BodiesAsync(host), found => found.Count > 0);
        Assert.Equal(["""{"step":"7","n":1}"""], bodies);
    }

    [Fact]
    public async Task PutEvents_WithoutQueuePolicy_IsTriedAgainUntilAllowed()
    {
        var host = await TestHost.StartAsync(TestHost.Template(Rule));
        await PutAsync(host, """{"to":{"step":"7"}}""");
        await Task.Delay(100);
        Assert.Empty(await BodiesAsync(host));
        await using var again = await host.RestartAsync(TestHost.Template(Rule + Policy));
        var bodies = await Waiting.UntilAsync(
            () =>
            {
                again.Time.Advance(TimeSpan.FromMinutes(1));
                return BodiesAsync(again);
            },
            found => found.Count > 0
        );
        Assert.Single(bodies);
    }

    [Fact]
    public async Task PutEvents_WithBadEntry_FailsThatOneOnly()
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.CallAsync(
            "events",
            "PutEvents",
            new JsonObject
            {
                ["Entries"] = new JsonArray(
                    new JsonObject
                    {
                        ["Source"] = "s",
                        ["DetailType"] = "d",
                        ["Detail"] = "not json",
                    },
                    new JsonObject
                    {
                        ["Source"] = "s",
                        ["DetailType"] = "d",
                        ["Detail"] = "{}",
                    }
                ),
            }
        );
        Assert.Equal(1, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal("MalformedDetail", answer["Entries"]![0]!["ErrorCode"]!.GetValue<string>());
        Assert.NotNull(answer["Entries"]![1]!["EventId"]);
    }

    [Fact]
    public async Task PutTargets_WithTransformer_FillsTheTemplate()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Rule + Policy));
        await host.CallAsync(
            "events",
            "PutTargets",
            new JsonObject
            {
                ["Rule"] = (await host.CallAsync("events", "ListRules", new JsonObject { ["EventBusName"] = "bus" }))["Rules"]![0]![
                    "Name"
                ]!.GetValue<string>(),
                ["EventBusName"] = "bus",
                ["Targets"] = new JsonArray(
                    new JsonObject
                    {
                        ["Id"] = "t",
                        ["Arn"] = "arn:aws:sqs:us-east-1:000000000000:inbox",
                        ["InputTransformer"] = new JsonObject
                        {
                            ["InputPathsMap"] = new JsonObject { ["s"] = "$.detail.to.step", ["to"] = "$.detail.to" },
                            ["InputTemplate"] = """{"text":"step <s>!","to":<to>}""",
                        },
                    }
                ),
            }
        );
        await PutAsync(host, """{"to":{"step":"8"}}""");
        var bodies = await Waiting.UntilAsync(() => BodiesAsync(host), found => found.Count > 0);
        Assert.Equal(["""{"text":"step 8!","to":{"step":"8"}}"""], bodies);
    }

    private static Task<JsonObject> PutAsync(TestHost host, string detail) =>
        host.CallAsync(
            "events",
            "PutEvents",
            new JsonObject
            {
                ["Entries"] = new JsonArray(
                    new JsonObject
                    {
                        ["EventBusName"] = "bus",
                        ["Source"] = "test",
                        ["DetailType"] = "T",
                        ["Detail"] = detail,
                    }
                ),
            }
        );

    private static Task<List<string>> BodiesAsync(TestHost host) => new Queues(host).BodiesAsync($"{host.Host.AwsUrl}/000000000000/inbox");
}
