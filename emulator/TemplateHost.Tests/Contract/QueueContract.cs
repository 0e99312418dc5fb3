using System.ComponentModel;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What SQS promises of queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/.</summary>
[DisplayName("SQS, queues")]
public sealed class QueueContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Queue_CreatedAgain_IsTheSameUnlessAttributesDiffer(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q", "\"VisibilityTimeout\":\"7\"");
                Assert.EndsWith("/q", url, StringComparison.Ordinal);
                Assert.Equal(url, await target.CreateQueueAsync("q", "\"VisibilityTimeout\":\"7\""));
                Assert.Equal(
                    "QueueAlreadyExists",
                    (await target.CallAsync("sqs", "CreateQueue", """{"QueueName":"q","Attributes":{"VisibilityTimeout":"8"}}""")).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Queue_Deleted_IsNotThere(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                Assert.Equal(url, (await target.CallAsync("sqs", "GetQueueUrl", """{"QueueName":"q"}""")).Text("QueueUrl"));
                await target.CallAsync("sqs", "DeleteQueue", $$"""{"QueueUrl":"{{url}}"}""");
                Assert.Equal(
                    "AWS.SimpleQueueService.NonExistentQueue",
                    (await target.CallAsync("sqs", "GetQueueUrl", """{"QueueName":"q"}""")).Code
                );
                Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", (await target.SendMessageAsync(url, "m")).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Queues_Listed_AreThoseOfThePrefix(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var urls = new List<string> { await target.CreateQueueAsync("a-1"), await target.CreateQueueAsync("a-2") };
                await target.CreateQueueAsync("b");
                var listed = await target.CallAsync("sqs", "ListQueues", """{"QueueNamePrefix":"a-"}""");
                Assert.Equal(urls, listed["QueueUrls"]!.AsArray().Select(url => url!.ToString()));
            }
        );

    [Theory, OnEachTarget]
    public Task Queues_ListedInPages_ComeOnceEach(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var urls = new List<string>
                {
                    await target.CreateQueueAsync("q-1"),
                    await target.CreateQueueAsync("q-2"),
                    await target.CreateQueueAsync("q-3"),
                };
                var first = await target.CallAsync("sqs", "ListQueues", """{"QueueNamePrefix":"q-","MaxResults":2}""");
                Assert.Equal(2, first["QueueUrls"]!.AsArray().Count);
                var next = await target.CallAsync(
                    "sqs",
                    "ListQueues",
                    $$"""{"QueueNamePrefix":"q-","MaxResults":2,"NextToken":"{{first.Text("NextToken")}}"}"""
                );
                Assert.Equal(
                    urls,
                    first["QueueUrls"]!
                        .AsArray()
                        .Concat(next["QueueUrls"]!.AsArray())
                        .Select(url => url!.ToString())
                        .Order(StringComparer.Ordinal)
                );
                Assert.Null(next["NextToken"]);
            }
        );

    [Theory, OnEachTarget]
    public Task Queue_WithoutAttributes_HasTheDocumentedDefaults(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var attributes = await target.QueueAttributesAsync(await target.CreateQueueAsync("q"));
                Assert.Equal(
                    ("30", "0", "345600", "0", "1048576"),
                    (
                        attributes["VisibilityTimeout"]!.ToString(),
                        attributes["DelaySeconds"]!.ToString(),
                        attributes["MessageRetentionPeriod"]!.ToString(),
                        attributes["ReceiveMessageWaitTimeSeconds"]!.ToString(),
                        attributes["MaximumMessageSize"]!.ToString()
                    )
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Attributes_SetAnew_AreShown(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                await target.CallAsync(
                    "sqs",
                    "SetQueueAttributes",
                    $$"""{"QueueUrl":"{{url}}","Attributes":{"VisibilityTimeout":"11","DelaySeconds":"3"} }"""
                );
                var some = await target.CallAsync(
                    "sqs",
                    "GetQueueAttributes",
                    $$"""{"QueueUrl":"{{url}}","AttributeNames":["VisibilityTimeout","DelaySeconds"]}"""
                );
                JsonInput.Equal("""{"VisibilityTimeout":"11","DelaySeconds":"3"}""", some["Attributes"]!.ToJsonString());
            }
        );

    [Theory, OnEachTarget]
    public Task Attributes_OutOfRange_AreRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                foreach (
                    var (name, value) in new[]
                    {
                        ("VisibilityTimeout", "43201"),
                        ("MessageRetentionPeriod", "59"),
                        ("DelaySeconds", "901"),
                        ("MaximumMessageSize", "1023"),
                        ("ReceiveMessageWaitTimeSeconds", "21"),
                    }
                )
                {
                    var refused = await target.CallAsync(
                        "sqs",
                        "CreateQueue",
                        $$"""{"QueueName":"q","Attributes":{"{{name}}":"{{value}}"} }"""
                    );
                    Assert.Equal((name, "InvalidAttributeValue"), (name, refused.Code));
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Attribute_Unknown_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                Assert.Equal(
                    "InvalidAttributeName",
                    (await target.CallAsync("sqs", "CreateQueue", """{"QueueName":"q","Attributes":{"Colour":"red"}}""")).Code
                );
                var url = await target.CreateQueueAsync("q");
                Assert.Equal(
                    "InvalidAttributeName",
                    (
                        await target.CallAsync("sqs", "SetQueueAttributes", $$"""{"QueueUrl":"{{url}}","Attributes":{"Colour":"red"} }""")
                    ).Code
                );
                Assert.Equal(
                    "InvalidAttributeName",
                    (await target.CallAsync("sqs", "GetQueueAttributes", $$"""{"QueueUrl":"{{url}}","AttributeNames":["Colour"]}""")).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Name_OfQueue_MustBeOne(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                foreach (var name in new[] { "a b", new string('a', 81), "a.b" })
                {
                    Assert.Equal(
                        "InvalidParameterValue",
                        (await target.CallAsync("sqs", "CreateQueue", $$"""{"QueueName":"{{name}}"}""")).Code
                    );
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Queue_Purged_IsEmptyAndNotPurgedAgainAtOnce(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                await target.SendMessageAsync(url, "m");
                Assert.Null((await target.CallAsync("sqs", "PurgeQueue", $$"""{"QueueUrl":"{{url}}"}""")).Code);
                Assert.Empty(await target.ReceiveBodiesAsync(url));
                Assert.Equal(
                    "AWS.SimpleQueueService.PurgeQueueInProgress",
                    (await target.CallAsync("sqs", "PurgeQueue", $$"""{"QueueUrl":"{{url}}"}""")).Code
                );
            }
        );
}
