using System.ComponentModel;
using System.Text.Json.Nodes;
using FairShare.Local.Tests.Contract.Targets;
using FairShare.Local.Tests.Support;
using Xunit;

namespace FairShare.Local.Tests.Contract;

/// <summary>What EventBridge promises: https://docs.aws.amazon.com/eventbridge/latest/APIReference/.</summary>
[DisplayName("EventBridge")]
public sealed class EventContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Event_MatchingRule_ReachesItsQueue(string on) => HoldAsync(on, async target =>
    {
        var body = await DeliverAsync(target, new JsonObject());
        Assert.Equal(("s", "T"), (body["source"]!.ToString(), body["detail-type"]!.ToString()));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"n":1}"""), body["detail"]));
    });

    [Theory, OnEachTarget]
    public Task Target_WithAnInputPath_GetsThatPart(string on) => HoldAsync(on, async target =>
    {
        var body = await DeliverAsync(target, new JsonObject { ["InputPath"] = "$.detail" });
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"n":1}"""), body));
    });

    [Theory, OnEachTarget]
    public Task Refusals_HaveTheCodesThatClientsKnow(string on) => HoldAsync(on, async target =>
    {
        Assert.Equal("InvalidEventPatternException", (await target.CallAsync("events", "PutRule", new JsonObject { ["Name"] = "r", ["EventPattern"] = """{"a":"b"}""" })).Code);
        Assert.Equal("ResourceNotFoundException", (await target.CallAsync("events", "DescribeRule", new JsonObject { ["Name"] = "none" })).Code);
        await target.CallAsync("events", "CreateEventBus", new JsonObject { ["Name"] = "bus" });
        Assert.Equal("ResourceAlreadyExistsException", (await target.CallAsync("events", "CreateEventBus", new JsonObject { ["Name"] = "bus" })).Code);
    });

    /// <summary>What the queue of a rule's target gets of an event that matches.</summary>
    private static async Task<JsonNode> DeliverAsync(IContractTarget target, JsonObject ruleTarget)
    {
        var queue = (await target.CallAsync("sqs", "CreateQueue", new JsonObject { ["QueueName"] = "inbox" })).Text("QueueUrl");
        var arn = (await target.CallAsync("sqs", "GetQueueAttributes", new JsonObject { ["QueueUrl"] = queue, ["AttributeNames"] = new JsonArray("QueueArn") }))["Attributes"]!["QueueArn"]!.ToString();
        await target.CallAsync("events", "CreateEventBus", new JsonObject { ["Name"] = "bus" });
        var rule = await target.CallAsync("events", "PutRule", new JsonObject
        {
            ["Name"] = "r",
            ["EventBusName"] = "bus",
            ["EventPattern"] = """{"source":["s"],"detail":{"n":[{"exists":true}]}}""",
        });
        Assert.EndsWith(":rule/bus/r", rule.Text("RuleArn"), StringComparison.Ordinal);
        await AllowAsync(target, queue, arn, rule.Text("RuleArn"));
        (ruleTarget["Id"], ruleTarget["Arn"]) = ("1", arn);
        await target.CallAsync("events", "PutTargets", new JsonObject { ["Rule"] = "r", ["EventBusName"] = "bus", ["Targets"] = new JsonArray(ruleTarget) });
        var put = await target.CallAsync("events", "PutEvents", new JsonObject { ["Entries"] = new JsonArray(Entry("s", """{"n":1}"""), Entry("other", """{"n":2}""")) });
        Assert.Equal("0", put.Text("FailedEntryCount"));
        var messages = await TestHost.UntilAsync(
            async () => (await target.CallAsync("sqs", "ReceiveMessage", new JsonObject { ["QueueUrl"] = queue, ["MaxNumberOfMessages"] = 10 })).Body["Messages"] as JsonArray ?? [],
            found => found.Count > 0);
        return JsonNode.Parse(Assert.Single(messages)!["Body"]!.ToString())!;
    }

    private static Task<ContractAnswer> AllowAsync(IContractTarget target, string queue, string arn, string rule) => target.CallAsync("sqs", "SetQueueAttributes", new JsonObject
    {
        ["QueueUrl"] = queue,
        ["Attributes"] = new JsonObject
        {
            ["Policy"] = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{arn}}","Condition":{"ArnEquals":{"aws:SourceArn":"{{rule}}"} } }]}""",
        },
    });

    private static JsonObject Entry(string source, string detail) =>
        new() { ["EventBusName"] = "bus", ["Source"] = source, ["DetailType"] = "T", ["Detail"] = detail };
}
