using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What EventBridge promises of events, rules and targets: https://docs.aws.amazon.com/eventbridge/latest/APIReference/.</summary>
[DisplayName("EventBridge")]
public sealed class EventContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Event_MatchingRule_ReachesItsQueue(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var body = JsonNode.Parse(await DeliverAsync(target, ""))!;
                Assert.Equal(
                    ("0", "s", "T", "us-east-1"),
                    (body["version"]!.ToString(), body["source"]!.ToString(), body["detail-type"]!.ToString(), body["region"]!.ToString())
                );
                JsonInput.Equal("""{"n":1,"s":"x"}""", body["detail"]!.ToJsonString());
            }
        );

    [Theory, OnEachTarget]
    public Task Target_WithAnInputPath_GetsThatPart(string on) =>
        HoldAsync(on, async target => JsonInput.Equal("""{"n":1,"s":"x"}""", await DeliverAsync(target, """ "InputPath":"$.detail" """)));

    [Theory, OnEachTarget]
    public Task Target_WithAnInput_GetsThatOnly(string on) =>
        HoldAsync(
            on,
            async target => JsonInput.Equal("""{"fixed":true}""", await DeliverAsync(target, """ "Input":"{\"fixed\":true}" """))
        );

    [Theory, OnEachTarget]
    public Task Target_WithATransformer_GetsItsTemplateFilled(string on) =>
        HoldAsync(
            on,
            async target =>
                JsonInput.Equal(
                    """{"number":1,"text":"x is s","rule":"r"}""",
                    await DeliverAsync(
                        target,
                        """
                        "InputTransformer":{"InputPathsMap":{"n":"$.detail.n","s":"$.detail.s","from":"$.source"},
                          "InputTemplate":"{\"number\":<n>,\"text\":\"<s> is <from>\",\"rule\":\"<aws.events.rule-name>\"}"}
                        """
                    )
                )
        );

    [Theory, OnEachTarget]
    public Task Rule_Disabled_SendsNothing(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var queue = await RouteAsync(target, "");
                Assert.Null((await target.CallAsync("events", "DisableRule", """{"Name":"r","EventBusName":"bus"}""")).Code);
                Assert.Equal(
                    "DISABLED",
                    (await target.CallAsync("events", "DescribeRule", """{"Name":"r","EventBusName":"bus"}""")).Text("State")
                );
                await target.CallAsync("events", "PutEvents", Entries(Entry("bus", "s")));
                await target.CallAsync("events", "EnableRule", """{"Name":"r","EventBusName":"bus"}""");
                await target.CallAsync(
                    "events",
                    "PutEvents",
                    Entries(Entry("bus", "s").Replace("\"T\"", "\"Later\"", StringComparison.Ordinal))
                );
                var message = Assert.Single(await Waiting.UntilAsync(() => target.ReceiveBodiesAsync(queue), found => found.Count > 0));
                Assert.Equal("Later", JsonNode.Parse(message)!["detail-type"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Entries_ThatAreBad_FailAlone(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var put = await target.CallAsync(
                    "events",
                    "PutEvents",
                    Entries(
                        Entry("default", "s"),
                        """{"Source":"s","DetailType":"T","Detail":"not json"}""",
                        """{"DetailType":"T","Detail":"{}"}""",
                        """{"Source":"s","Detail":"{}"}"""
                    )
                );
                Assert.Equal("3", put.Text("FailedEntryCount"));
                var entries = put["Entries"]!.AsArray();
                Assert.NotNull(entries[0]!["EventId"]);
                Assert.Equal(
                    ["MalformedDetail", "InvalidArgument", "InvalidArgument"],
                    entries.Skip(1).Select(entry => entry!["ErrorCode"]!.ToString())
                );
                Assert.All(entries.Skip(1), entry => Assert.NotEmpty(entry!["ErrorMessage"]!.ToString()));
            }
        );

    [Theory, OnEachTarget]
    public Task Entries_TooManyOfThem_AreRefusedAsAWhole(string on) =>
        HoldAsync(
            on,
            async target =>
                Assert.Equal(
                    "ValidationException",
                    (await target.CallAsync("events", "PutEvents", Entries([.. Enumerable.Repeat(Entry("default", "s"), 11)]))).Code
                )
        );

    [Theory, OnEachTarget]
    public Task Rule_Described_IsWhatWasPut(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var rule = await target.CallAsync(
                    "events",
                    "PutRule",
                    """{"Name":"r","EventPattern":"{\"source\":[\"s\"]}","Description":"d"}"""
                );
                Assert.EndsWith(":rule/r", rule.Text("RuleArn"), StringComparison.Ordinal);
                var described = await target.CallAsync("events", "DescribeRule", """{"Name":"r"}""");
                Assert.Equal(
                    ("r", rule.Text("RuleArn"), "ENABLED", "d", "default"),
                    (
                        described.Text("Name"),
                        described.Text("Arn"),
                        described.Text("State"),
                        described.Text("Description"),
                        described.Text("EventBusName")
                    )
                );
                Assert.Equal(
                    "r",
                    Assert.Single((await target.CallAsync("events", "ListRules", """{"NamePrefix":"r"}"""))["Rules"]!.AsArray())![
                        "Name"
                    ]!.ToString()
                );
                Assert.Equal("ResourceNotFoundException", (await target.CallAsync("events", "DescribeRule", """{"Name":"none"}""")).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Rule_WithTargets_IsNotDeleted(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                await RouteAsync(target, "");
                Assert.Equal(
                    "ValidationException",
                    (await target.CallAsync("events", "DeleteRule", """{"Name":"r","EventBusName":"bus"}""")).Code
                );
                Assert.Equal(
                    "1",
                    Assert.Single(
                        (await target.CallAsync("events", "ListTargetsByRule", """{"Rule":"r","EventBusName":"bus"}"""))[
                            "Targets"
                        ]!.AsArray()
                    )!["Id"]!.ToString()
                );
                await target.CallAsync("events", "RemoveTargets", """{"Rule":"r","EventBusName":"bus","Ids":["1"]}""");
                Assert.Null((await target.CallAsync("events", "DeleteRule", """{"Name":"r","EventBusName":"bus"}""")).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Targets_OfARuleThatIsNot_AreRefused(string on) =>
        HoldAsync(
            on,
            async target =>
                Assert.Equal(
                    "ResourceNotFoundException",
                    (
                        await target.CallAsync(
                            "events",
                            "PutTargets",
                            """{"Rule":"none","Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:000000000000:q"}]}"""
                        )
                    ).Code
                )
        );

    [Theory, OnEachTarget]
    public Task Buses_AreMadeOnceAndDeleted(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                Assert.EndsWith(
                    ":event-bus/bus",
                    (await target.CallAsync("events", "CreateEventBus", """{"Name":"bus"}""")).Text("EventBusArn"),
                    StringComparison.Ordinal
                );
                Assert.Equal(
                    "ResourceAlreadyExistsException",
                    (await target.CallAsync("events", "CreateEventBus", """{"Name":"bus"}""")).Code
                );
                var listed = await target.CallAsync("events", "ListEventBuses", "{}");
                Assert.Equal(
                    ["bus", "default"],
                    listed["EventBuses"]!.AsArray().Select(bus => bus!["Name"]!.ToString()).Order(StringComparer.Ordinal)
                );
                await target.CallAsync("events", "DeleteEventBus", """{"Name":"bus"}""");
                Assert.Equal(
                    "ResourceNotFoundException",
                    (await target.CallAsync("events", "DescribeEventBus", """{"Name":"bus"}""")).Code
                );
                Assert.Equal(
                    "ResourceNotFoundException",
                    (
                        await target.CallAsync(
                            "events",
                            "PutRule",
                            """{"Name":"r","EventBusName":"bus","EventPattern":"{\"source\":[\"s\"]}"}"""
                        )
                    ).Code
                );
            }
        );

    /// <summary>What a rule's queue gets of an event, by a target with the given members.</summary>
    private static async Task<string> DeliverAsync(IContractTarget target, string members)
    {
        var queue = await RouteAsync(target, members);
        var put = await target.CallAsync("events", "PutEvents", Entries(Entry("bus", "s"), Entry("bus", "other")));
        Assert.Equal("0", put.Text("FailedEntryCount"));
        return Assert.Single(await Waiting.UntilAsync(() => target.ReceiveBodiesAsync(queue), found => found.Count > 0));
    }

    /// <summary>A rule <c>r</c> of the bus <c>bus</c> that sends what comes from <c>s</c> to a queue.</summary>
    private static async Task<string> RouteAsync(IContractTarget target, string members)
    {
        var queue = await target.CreateQueueAsync("inbox");
        var arn = await target.QueueArnAsync(queue);
        await target.CallAsync("events", "CreateEventBus", """{"Name":"bus"}""");
        var rule = (
            await target.CallAsync("events", "PutRule", """{"Name":"r","EventBusName":"bus","EventPattern":"{\"source\":[\"s\"]}"}""")
        ).Text("RuleArn");
        var policy = $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},
              "Action":"sqs:SendMessage","Resource":"{{arn}}","Condition":{"ArnEquals":{"aws:SourceArn":"{{rule}}"} } }]}
            """;
        await target.CallAsync(
            "sqs",
            "SetQueueAttributes",
            new JsonObject
            {
                ["QueueUrl"] = queue,
                ["Attributes"] = new JsonObject { ["Policy"] = policy },
            }
        );
        var put = await target.CallAsync(
            "events",
            "PutTargets",
            $$"""{"Rule":"r","EventBusName":"bus","Targets":[{"Id":"1","Arn":"{{arn}}"{{(members.Length > 0 ? "," + members : "")}} }]}"""
        );
        Assert.Equal("0", put.Text("FailedEntryCount"));
        return queue;
    }

    private static string Entries(params string[] entries) => $$"""{"Entries":[{{string.Join(',', entries)}}]}""";

    private static string Entry(string bus, string source) =>
        $$"""{"EventBusName":"{{bus}}","Source":"{{source}}","DetailType":"T","Detail":"{\"n\":1,\"s\":\"x\"}"}""";
}
