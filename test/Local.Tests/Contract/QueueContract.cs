using System.ComponentModel;
using System.Text.Json.Nodes;
using FairShare.Local.Tests.Contract.Targets;
using Xunit;

namespace FairShare.Local.Tests.Contract;

/// <summary>What SQS promises: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/.</summary>
[DisplayName("SQS")]
public sealed class QueueContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Message_SentReceivedDeleted_IsGone(string on) => HoldAsync(on, async target =>
    {
        var url = (await target.CallAsync("sqs", "CreateQueue", new JsonObject { ["QueueName"] = "q" })).Text("QueueUrl");
        Assert.EndsWith("/q", url, StringComparison.Ordinal);
        var sent = await target.CallAsync("sqs", "SendMessage", new JsonObject
        {
            ["QueueUrl"] = url,
            ["MessageBody"] = "hello",
            ["MessageAttributes"] = new JsonObject { ["kind"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "greeting" } },
        });
        Assert.Equal("5d41402abc4b2a76b9719d911017c592", sent.Text("MD5OfMessageBody"));
        Assert.Matches("^[0-9a-f]{32}$", sent.Text("MD5OfMessageAttributes"));
        var message = Assert.Single((await ReceiveAsync(target, url))["Messages"]!.AsArray())!;
        Assert.Equal(("hello", sent.Text("MessageId"), sent.Text("MD5OfMessageAttributes")), (message["Body"]!.ToString(), message["MessageId"]!.ToString(), message["MD5OfMessageAttributes"]!.ToString()));
        Assert.Equal("1", message["Attributes"]!["ApproximateReceiveCount"]!.ToString());
        await target.CallAsync("sqs", "DeleteMessage", new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = message["ReceiptHandle"]!.ToString() });
        var counts = await target.CallAsync("sqs", "GetQueueAttributes", new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("All") });
        Assert.Equal(("0", "0"), (counts["Attributes"]!["ApproximateNumberOfMessages"]!.ToString(), counts["Attributes"]!["ApproximateNumberOfMessagesNotVisible"]!.ToString()));
    });

    [Theory, OnEachTarget]
    public Task Fifo_GroupIsHeldAndRepeatsAreDropped(string on) => HoldAsync(on, async target =>
    {
        var created = await target.CallAsync("sqs", "CreateQueue", new JsonObject { ["QueueName"] = "q.fifo", ["Attributes"] = new JsonObject { ["FifoQueue"] = "true" } });
        var url = created.Text("QueueUrl");
        var first = await SendAsync(target, url, "1", "g");
        Assert.Null((await SendAsync(target, url, "1", "g")).Code);
        Assert.Equal(20, first.Text("SequenceNumber").Length);
        await SendAsync(target, url, "2", "g");
        var taken = await target.CallAsync("sqs", "ReceiveMessage", new JsonObject { ["QueueUrl"] = url, ["MaxNumberOfMessages"] = 1 });
        Assert.Equal("1", Assert.Single(taken["Messages"]!.AsArray())!["Body"]!.ToString());
        Assert.Empty((await ReceiveAsync(target, url))["Messages"] as JsonArray ?? []);
        await target.CallAsync("sqs", "DeleteMessage", new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = taken["Messages"]![0]!["ReceiptHandle"]!.ToString() });
        Assert.Equal("2", Assert.Single((await ReceiveAsync(target, url))["Messages"]!.AsArray())!["Body"]!.ToString());
    });

    [Theory, OnEachTarget]
    public Task Refusals_HaveTheCodesThatClientsKnow(string on) => HoldAsync(on, async target =>
    {
        var missing = new JsonObject { ["QueueUrl"] = "http://127.0.0.1/000000000000/none", ["MessageBody"] = "m" };
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", (await target.CallAsync("sqs", "SendMessage", missing)).Code);
        var url = (await target.CallAsync("sqs", "CreateQueue", new JsonObject { ["QueueName"] = "q" })).Text("QueueUrl");
        Assert.Equal("ReceiptHandleIsInvalid", (await target.CallAsync("sqs", "DeleteMessage", new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = "garbage" })).Code);
        var twice = new JsonArray(new JsonObject { ["Id"] = "1", ["MessageBody"] = "a" }, new JsonObject { ["Id"] = "1", ["MessageBody"] = "b" });
        Assert.Equal("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", (await target.CallAsync("sqs", "SendMessageBatch", new JsonObject { ["QueueUrl"] = url, ["Entries"] = twice })).Code);
    });

    private static Task<ContractAnswer> ReceiveAsync(IContractTarget target, string url) => target.CallAsync("sqs", "ReceiveMessage", new JsonObject
    {
        ["QueueUrl"] = url,
        ["MaxNumberOfMessages"] = 10,
        ["AttributeNames"] = new JsonArray("All"),
        ["MessageAttributeNames"] = new JsonArray("All"),
    });

    private static Task<ContractAnswer> SendAsync(IContractTarget target, string url, string body, string group) => target.CallAsync("sqs", "SendMessage", new JsonObject
    {
        ["QueueUrl"] = url,
        ["MessageBody"] = body,
        ["MessageGroupId"] = group,
        ["MessageDeduplicationId"] = body,
    });
}
