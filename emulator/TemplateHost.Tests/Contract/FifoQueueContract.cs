using System.ComponentModel;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// What SQS promises of FIFO queues and dead letters:
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html.
/// </summary>
[DisplayName("SQS, FIFO queues and dead letters")]
public sealed class FifoQueueContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Group_IsHeldWhileAMessageOfItIsInFlight(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q.fifo", "\"ContentBasedDeduplication\":\"true\"");
                foreach (var (body, group) in new[] { ("a1", "a"), ("a2", "a"), ("b1", "b") })
                {
                    Assert.Equal(
                        20,
                        (await target.SendMessageAsync(url, body, $"\"MessageGroupId\":\"{group}\"")).Text("SequenceNumber").Length
                    );
                }

                var first = await target.CallAsync("sqs", "ReceiveMessage", $$"""{"QueueUrl":"{{url}}","MaxNumberOfMessages":1}""");
                Assert.Equal("a1", first["Messages"]![0]!["Body"]!.ToString());
                Assert.Equal(["b1"], await target.ReceiveBodiesAsync(url));
                await target.DeleteMessageAsync(url, first["Messages"]![0]!);
                Assert.Equal(["a2"], await target.ReceiveBodiesAsync(url));
            }
        );

    [Theory, OnEachTarget]
    public Task Messages_OfAGroup_KeepTheirOrderThroughARetry(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q.fifo", "\"ContentBasedDeduplication\":\"true\"");
                foreach (var body in new[] { "1", "2", "3" })
                {
                    await target.SendMessageAsync(url, body, "\"MessageGroupId\":\"g\"");
                }

                Assert.Equal(["1", "2", "3"], await target.ReceiveBodiesAsync(url, "\"VisibilityTimeout\":1"));
                Assert.Equal(["1", "2", "3"], await target.ReceiveBodiesAsync(url, "\"WaitTimeSeconds\":5"));
            }
        );

    [Theory, OnEachTarget]
    public Task Repeat_WithinFiveMinutes_IsAcceptedAndDropped(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q.fifo");
                Assert.Null((await target.SendMessageAsync(url, "one", """ "MessageGroupId":"g","MessageDeduplicationId":"d" """)).Code);
                Assert.Null(
                    (await target.SendMessageAsync(url, "another", """ "MessageGroupId":"g","MessageDeduplicationId":"d" """)).Code
                );
                Assert.Equal(["one"], await target.ReceiveBodiesAsync(url));
            }
        );

    [Theory, OnEachTarget]
    public Task Repeat_ByContent_IsDroppedEvenInAnotherGroup(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q.fifo", "\"ContentBasedDeduplication\":\"true\"");
                foreach (var (body, group) in new[] { ("same", "g"), ("same", "h"), ("other", "g") })
                {
                    await target.SendMessageAsync(url, body, $"\"MessageGroupId\":\"{group}\"");
                }

                Assert.Equal(["same", "other"], await target.ReceiveBodiesAsync(url));
            }
        );

    [Theory, OnEachTarget]
    public Task Message_WithoutWhatFifoNeeds_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q.fifo");
                Assert.Equal("MissingParameter", (await target.SendMessageAsync(url, "m", "\"MessageDeduplicationId\":\"d\"")).Code);
                Assert.Equal("InvalidParameterValue", (await target.SendMessageAsync(url, "m", "\"MessageGroupId\":\"g\"")).Code);
                Assert.Equal(
                    "InvalidParameterValue",
                    (
                        await target.SendMessageAsync(url, "m", """ "MessageGroupId":"g","MessageDeduplicationId":"d","DelaySeconds":1 """)
                    ).Code
                );
                Assert.Equal(
                    "InvalidParameterValue",
                    (await target.CallAsync("sqs", "CreateQueue", """{"QueueName":"q","Attributes":{"FifoQueue":"true"}}""")).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Message_ReceivedTooOften_EndsInTheDeadLetterQueue(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var dead = await target.CreateQueueAsync("dead");
                var arn = await target.QueueArnAsync(dead);
                var policy = $$"""{\"deadLetterTargetArn\":\"{{arn}}\",\"maxReceiveCount\":2}""";
                var url = await target.CreateQueueAsync("q", $"\"RedrivePolicy\":\"{policy}\"");
                var sent = await target.SendMessageAsync(url, "m");
                Assert.Single(await target.ReceiveMessagesAsync(url, "\"VisibilityTimeout\":0"));
                Assert.Single(await target.ReceiveMessagesAsync(url, "\"VisibilityTimeout\":0"));
                Assert.Empty(await target.ReceiveMessagesAsync(url));
                var buried = Assert.Single(await target.ReceiveMessagesAsync(dead));
                Assert.Equal((sent.Text("MessageId"), "m"), (buried["MessageId"]!.ToString(), buried["Body"]!.ToString()));
                var sources = await target.CallAsync("sqs", "ListDeadLetterSourceQueues", $$"""{"QueueUrl":"{{dead}}"}""");
                Assert.Equal(url, Assert.Single(sources["queueUrls"]!.AsArray())!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task RedrivePolicy_ThatIsNone_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                foreach (
                    var policy in new[]
                    {
                        "nonsense",
                        """{\"maxReceiveCount\":2}""",
                        """{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:none\",\"maxReceiveCount\":2}""",
                    }
                )
                {
                    var refused = await target.CallAsync(
                        "sqs",
                        "CreateQueue",
                        $$"""{"QueueName":"q","Attributes":{"RedrivePolicy":"{{policy}}"} }"""
                    );
                    Assert.Equal((policy, "InvalidParameterValue"), (policy, refused.Code));
                }
            }
        );
}
