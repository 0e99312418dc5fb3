using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// What SQS takes in a message, and gives to whom:
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html.
/// </summary>
[DisplayName("SQS, messages")]
public sealed class MessageInputContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    [Theory, OnEachTarget]
    public Task Body_WithAForbiddenCharacter_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                Assert.Equal("InvalidMessageContents", (await target.SendMessageAsync(url, "a\u0001b")).Code);
                Assert.Equal("InvalidMessageContents", (await target.SendMessageAsync(url, "a\uFFFEb")).Code);
                Assert.Null((await target.SendMessageAsync(url, "a\tb\r\n\uE000\U0001F600")).Code);
                var batch = await target.CallAsync(
                    "sqs",
                    "SendMessageBatch",
                    $$"""{"QueueUrl":"{{url}}","Entries":[{"Id":"good","MessageBody":"x"},{"Id":"bad","MessageBody":"\u0001"}]}"""
                );
                Assert.Equal("good", Assert.Single(batch["Successful"]!.AsArray())!["Id"]!.ToString());
                var failed = Assert.Single(batch["Failed"]!.AsArray())!;
                Assert.Equal(("bad", "InvalidMessageContents"), (failed["Id"]!.ToString(), failed["Code"]!.ToString()));
            }
        );

    [Theory, OnEachTarget]
    public Task Identifiers_WithOtherCharacters_AreRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q.fifo");
                foreach (var identifier in new[] { "with space", new string('a', 129), "é" })
                {
                    var group = $"\"MessageGroupId\":\"{identifier}\",\"MessageDeduplicationId\":\"d\"";
                    Assert.Equal(
                        (identifier, "InvalidParameterValue"),
                        (identifier, (await target.SendMessageAsync(url, "m", group)).Code)
                    );
                    var repeat = $"\"MessageGroupId\":\"g\",\"MessageDeduplicationId\":\"{identifier}\"";
                    Assert.Equal(
                        (identifier, "InvalidParameterValue"),
                        (identifier, (await target.SendMessageAsync(url, "m", repeat)).Code)
                    );
                }

                Assert.Null(
                    (await target.SendMessageAsync(url, "m", "\"MessageGroupId\":\"a!~_-\",\"MessageDeduplicationId\":\"#1\"")).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task AttributeNames_WithAStar_AreAllOrThoseOfThePrefix(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                await target.SendMessageAsync(url, "m", $"\"MessageAttributes\":{{{Text("Hello")},{Text("Help.Me")},{Text("General")}}}");
                Assert.Equal("General Hello Help.Me", await NamesAsync(target, url, "*"));
                Assert.Equal("General Hello Help.Me", await NamesAsync(target, url, ".*"));
                Assert.Equal("Hello Help.Me", await NamesAsync(target, url, "Hel.*"));
                Assert.Equal("", await NamesAsync(target, url, "Help"));
            }
        );

    [Theory, OnEachTarget]
    public Task AttributeNames_ThatAreNone_AreRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                foreach (var name in new[] { "AWS.x", "amazon.x", ".x", "x.", "x..y", "x y" })
                {
                    var sent = await target.SendMessageAsync(url, "m", $"\"MessageAttributes\":{{{Text(name)}}}");
                    Assert.Equal((name, "InvalidParameterValue"), (name, sent.Code));
                }
            }
        );

    [Theory, OnEachTarget]
    public Task SystemAttributes_HaveADigestOfTheirOwn(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q");
                var header = $$$""" "MessageSystemAttributes":{"AWSTraceHeader":{"DataType":"String","StringValue":"{{{Trace}}}"}} """;
                var sent = await target.SendMessageAsync(url, "test", header);
                Assert.Equal("5ae4d5d7636402d80f4eb6d213245a88", sent.Text("MD5OfMessageSystemAttributes"));
                var received = Assert.Single(await target.ReceiveMessagesAsync(url));
                Assert.Equal(Trace, received["Attributes"]!["AWSTraceHeader"]!.ToString());
                Assert.Null((await target.SendMessageAsync(url, "test"))["MD5OfMessageSystemAttributes"]);
            }
        );

    [Theory, OnEachTarget]
    public Task Batch_OfAFifoQueueWithoutAGroup_IsRefusedAsAWhole(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var url = await target.CreateQueueAsync("q.fifo");
                const string Good = """{"Id":"good","MessageBody":"m","MessageGroupId":"g","MessageDeduplicationId":"d"}""";
                foreach (var bad in new[] { "\"MessageDeduplicationId\":\"e\"", "\"MessageGroupId\":\"g\"" })
                {
                    var entries = $$"""[{{Good}},{"Id":"bad","MessageBody":"m",{{bad}}}]""";
                    var sent = await target.CallAsync("sqs", "SendMessageBatch", $$"""{"QueueUrl":"{{url}}","Entries":{{entries}}}""");
                    Assert.Equal((bad, "InvalidParameterValue"), (bad, sent.Code));
                }

                Assert.Empty(await target.ReceiveMessagesAsync(url));
            }
        );

    [Theory, OnEachTarget]
    public Task RedriveAllowPolicy_OfTheTarget_DecidesWhoMayBuryThere(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var dead = await target.CreateQueueAsync("dead", """ "RedriveAllowPolicy":"{\"redrivePermission\":\"denyAll\"}" """);
                var policy = $$"""{\"deadLetterTargetArn\":\"{{await target.QueueArnAsync(dead)}}\",\"maxReceiveCount\":2}""";
                var create = $$"""{"QueueName":"q","Attributes":{"RedrivePolicy":"{{policy}}"} }""";
                Assert.Equal("InvalidParameterValue", (await target.CallAsync("sqs", "CreateQueue", create)).Code);
                const string All = """ "RedriveAllowPolicy":"{\"redrivePermission\":\"allowAll\"}" """;
                await target.CallAsync("sqs", "SetQueueAttributes", $$"""{"QueueUrl":"{{dead}}","Attributes":{ {{All}} } }""");
                Assert.Null((await target.CallAsync("sqs", "CreateQueue", create)).Code);
            }
        );

    private static string Text(string name) => $$""" "{{name}}":{"DataType":"String","StringValue":"v"} """;

    private static async Task<string> NamesAsync(IContractTarget target, string url, string asked)
    {
        var answer = await target.CallAsync(
            "sqs",
            "ReceiveMessage",
            $$"""{"QueueUrl":"{{url}}","MessageAttributeNames":["{{asked}}"],"VisibilityTimeout":0}"""
        );
        var message = Assert.Single(answer["Messages"]!.AsArray())!;
        return string.Join(' ', (message["MessageAttributes"] as JsonObject ?? []).Select(attribute => attribute.Key).Order());
    }
}
