using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// What SQS promises of messages: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html and
/// API_ReceiveMessage.html.
/// </summary>
[DisplayName("SQS, messages")]
public sealed class MessageContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Message_SentReceivedDeleted_IsGone(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                var sent = await target.SendMessageAsync(
                    url,
                    "hello",
                    """ "MessageAttributes":{"kind":{"DataType":"String","StringValue":"greeting"}} """
                );
                Assert.Equal("5d41402abc4b2a76b9719d911017c592", sent.Text("MD5OfMessageBody"));
                var message = Assert.Single(await target.ReceiveMessagesAsync(url));
                Assert.Equal(
                    ("hello", sent.Text("MessageId"), sent.Text("MD5OfMessageAttributes"), sent.Text("MD5OfMessageBody")),
                    (
                        message["Body"]!.ToString(),
                        message["MessageId"]!.ToString(),
                        message["MD5OfMessageAttributes"]!.ToString(),
                        message["MD5OfBody"]!.ToString()
                    )
                );
                Assert.Equal(
                    ("1", true),
                    (
                        message["Attributes"]!["ApproximateReceiveCount"]!.ToString(),
                        message["Attributes"]!.AsObject().ContainsKey("SentTimestamp")
                    )
                );
                await target.DeleteMessageAsync(url, message);
                var attributes = await target.QueueAttributesAsync(url);
                Assert.Equal(
                    ("0", "0"),
                    (attributes["ApproximateNumberOfMessages"]!.ToString(), attributes["ApproximateNumberOfMessagesNotVisible"]!.ToString())
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Message_Received_IsHiddenForItsVisibilityTimeout(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                await target.SendMessageAsync(url, "m");
                Assert.Single(await target.ReceiveMessagesAsync(url, "\"VisibilityTimeout\":2"));
                Assert.Empty(await target.ReceiveMessagesAsync(url));
                var again = Assert.Single(await target.ReceiveMessagesAsync(url, "\"WaitTimeSeconds\":10"));
                Assert.Equal("2", again["Attributes"]!["ApproximateReceiveCount"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Visibility_SetToZero_BringsTheMessageBack(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (url, change) = await ReceiveOneAsync(target);
                Assert.Equal("InvalidParameterValue", (await change(43_201)).Code);
                Assert.Null((await change(0)).Code);
                Assert.Single(await target.ReceiveMessagesAsync(url));
            }
        );

    // The twelve hours begin with the receive: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
    // sqs-visibility-timeout.html.
    [Theory, OnEachTarget]
    public Task Visibility_BeyondTwelveHoursFromTheReceive_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var (url, change) = await ReceiveOneAsync(target);
                await Task.Delay(TimeSpan.FromSeconds(1));
                Assert.Equal("InvalidParameterValue", (await change(43_200)).Code);
                Assert.Null((await change(42_600)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Visibility_OfAMessageNotInFlight_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                await target.SendMessageAsync(url, "m");
                var handle = Assert.Single(await target.ReceiveMessagesAsync(url, "\"VisibilityTimeout\":0"))["ReceiptHandle"]!.ToString();
                var refused = await target.CallAsync(
                    "sqs",
                    "ChangeMessageVisibility",
                    $$"""{"QueueUrl":"{{url}}","ReceiptHandle":"{{handle}}","VisibilityTimeout":5}"""
                );
                Assert.Equal("AWS.SimpleQueueService.MessageNotInflight", refused.Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Message_Delayed_ComesToWhoPollsLong(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                await target.SendMessageAsync(url, "m", "\"DelaySeconds\":2");
                Assert.Empty(await target.ReceiveMessagesAsync(url));
                Assert.Equal("1", (await target.QueueAttributesAsync(url))["ApproximateNumberOfMessagesDelayed"]!.ToString());
                Assert.Equal(["m"], await target.ReceiveBodiesAsync(url, "\"WaitTimeSeconds\":10"));
                Assert.Equal("InvalidParameterValue", (await target.SendMessageAsync(url, "m", "\"DelaySeconds\":901")).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Message_AsLargeAsTheQuota_IsTakenAndALargerOneRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                Assert.Null((await target.SendMessageAsync(url, new string('a', 1 << 20))).Code);
                Assert.Equal("InvalidParameterValue", (await target.SendMessageAsync(url, new string('a', (1 << 20) + 1))).Code);
                var small = await target.CreateQueueAsync("small", "\"MaximumMessageSize\":\"1024\"");
                Assert.Equal("InvalidParameterValue", (await target.SendMessageAsync(small, new string('a', 1025))).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Attributes_OfAMessage_AreGivenToWhoAsks(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                await target.SendMessageAsync(
                    url,
                    "m",
                    """
                    "MessageAttributes":{"a.one":{"DataType":"Number","StringValue":"1"},"b":{"DataType":"Binary",
                      "BinaryValue":"AAE="}}
                    """
                );
                var answer = await target.CallAsync(
                    "sqs",
                    "ReceiveMessage",
                    $$"""{"QueueUrl":"{{url}}","MessageAttributeNames":["a.*"]}"""
                );
                JsonInput.Equal(
                    """{"a.one":{"StringValue":"1","DataType":"Number"}}""",
                    answer["Messages"]![0]!["MessageAttributes"]!.ToJsonString()
                );
                Assert.Equal(
                    "InvalidParameterValue",
                    (
                        await target.SendMessageAsync(url, "m", """ "MessageAttributes":{"c":{"DataType":"Colour","StringValue":"red"}} """)
                    ).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Batch_WithABadEntry_SendsTheOthers(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                var answer = await target.CallAsync(
                    "sqs",
                    "SendMessageBatch",
                    $$"""
                    {"QueueUrl":"{{url}}","Entries":[{"Id":"good","MessageBody":"a"},{"Id":"bad","MessageBody":"b","DelaySeconds":901}]}
                    """
                );
                Assert.Equal("good", Assert.Single(answer["Successful"]!.AsArray())!["Id"]!.ToString());
                var failed = Assert.Single(answer["Failed"]!.AsArray())!;
                Assert.Equal(
                    ("bad", "InvalidParameterValue", "true"),
                    (failed["Id"]!.ToString(), failed["Code"]!.ToString(), failed["SenderFault"]!.ToString())
                );
                Assert.Equal(["a"], await target.ReceiveBodiesAsync(url));
            }
        );

    [Theory, OnEachTarget]
    public Task Batch_OfTheWrongSize_IsRefusedAsAWhole(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                async Task<string?> SendAsync(IEnumerable<string> ids)
                {
                    var entries = new JsonArray([.. ids.Select(id => new JsonObject { ["Id"] = id, ["MessageBody"] = "m" })]);
                    return (
                        await target.CallAsync("sqs", "SendMessageBatch", new JsonObject { ["QueueUrl"] = url, ["Entries"] = entries })
                    ).Code;
                }

                Assert.Equal("AWS.SimpleQueueService.EmptyBatchRequest", await SendAsync([]));
                Assert.Equal(
                    "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
                    await SendAsync(Enumerable.Range(0, 11).Select(id => $"{id}"))
                );
                Assert.Equal("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", await SendAsync(["1", "1"]));
                Assert.Equal("AWS.SimpleQueueService.InvalidBatchEntryId", await SendAsync(["a b"]));
                Assert.Empty(await target.ReceiveBodiesAsync(url));
            }
        );

    [Theory, OnEachTarget]
    public Task Batch_OfDeletions_TellsWhichHandlesAreNone(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                await target.SendMessageAsync(url, "m");
                var handle = Assert.Single(await target.ReceiveMessagesAsync(url))["ReceiptHandle"]!.ToString();
                var answer = await target.CallAsync(
                    "sqs",
                    "DeleteMessageBatch",
                    $$"""
                    {"QueueUrl":"{{url}}","Entries":[{"Id":"good","ReceiptHandle":"{{handle}}"},{"Id":"bad","ReceiptHandle":"garbage"}]}
                    """
                );
                Assert.Equal("good", Assert.Single(answer["Successful"]!.AsArray())!["Id"]!.ToString());
                Assert.Equal("ReceiptHandleIsInvalid", Assert.Single(answer["Failed"]!.AsArray())!["Code"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Receive_OutOfRange_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                foreach (
                    var member in new[]
                    {
                        "\"MaxNumberOfMessages\":11",
                        "\"MaxNumberOfMessages\":0",
                        "\"WaitTimeSeconds\":21",
                        "\"VisibilityTimeout\":43201",
                    }
                )
                {
                    Assert.Equal(
                        (member, "InvalidParameterValue"),
                        (member, (await target.CallAsync("sqs", "ReceiveMessage", $$"""{"QueueUrl":"{{url}}",{{member}} }""")).Code)
                    );
                }
            }
        );

    /// <summary>A queue with one message, that was received, and what changes for how many seconds it is hidden.</summary>
    private static async Task<(string Url, Func<int, Task<ContractAnswer>> Change)> ReceiveOneAsync(IContractTarget target)
    {
        var url = await target.CreateQueueAsync("q");
        await target.SendMessageAsync(url, "m");
        var handle = Assert.Single(await target.ReceiveMessagesAsync(url))["ReceiptHandle"]!.ToString();
        return (
            url,
            seconds =>
                target.CallAsync(
                    "sqs",
                    "ChangeMessageVisibility",
                    $$"""{"QueueUrl":"{{url}}","ReceiptHandle":"{{handle}}","VisibilityTimeout":{{seconds}}}"""
                )
        );
    }
}
