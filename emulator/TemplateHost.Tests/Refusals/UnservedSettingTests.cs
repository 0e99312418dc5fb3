using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Refusals;

/// <summary>Settings that would have no effect are refused by name, and never ignored.</summary>
public sealed class UnservedSettingTests
{
    private const string Key = """
        "KeySpec":"ECC_NIST_P256","KeyUsage":"SIGN_VERIFY"
        """;

    private const string Table = """
        "TableName":"things","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}]
        """;

    private const string Machine = """
        "name":"m","roleArn":"arn:aws:iam::000000000000:role/r",
        "definition":"{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}"
        """;

    [Theory]
    [InlineData("kms", "CreateKey", Key, "\"Origin\":\"EXTERNAL\"", "EXTERNAL")]
    [InlineData("kms", "CreateKey", Key, "\"MultiRegion\":true", "multi-Region")]
    [InlineData("dynamodb", "CreateTable", Table, "\"SSESpecification\":{\"Enabled\":true}", "SSESpecification")]
    [InlineData("dynamodb", "CreateTable", Table, "\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\"", "TableClass")]
    [InlineData("states", "CreateStateMachine", Machine, "\"publish\":true", "publish")]
    [InlineData("states", "CreateStateMachine", Machine, "\"loggingConfiguration\":{\"level\":\"ALL\"}", "level ALL")]
    public async Task Call_WithASettingOfNoEffect_IsRefusedByName(string service, string operation, string input, string more, string named)
    {
        await using var host = await TestHost.StartAsync();
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => host.CallAsync(service, operation, Read($"{{{input},{more}}}")));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        await host.CallAsync(service, operation, Read($"{{{input}}}"));
    }

    [Fact]
    public async Task Map_Distributed_IsNoDefinition()
    {
        await using var host = await TestHost.StartAsync();
        const string Definition = """
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED"},
              "StartAt":"A","States":{"A":{"Type":"Succeed"}}}}}}
            """;
        var input = new JsonObject
        {
            ["name"] = "m",
            ["roleArn"] = host.Host.Outputs["WorkflowRoleArn"],
            ["definition"] = Definition,
        };
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => host.CallAsync("states", "CreateStateMachine", input));
        Assert.Contains("DISTRIBUTED", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_OfRulesAndBuses_HonourTheirLimitsAndPrefixes()
    {
        await using var host = await TestHost.StartAsync();
        foreach (var name in new[] { "one", "other", "third" })
        {
            await host.CallAsync("events", "PutRule", new() { ["Name"] = name, ["EventPattern"] = """{"source":["s"]}""" });
            await host.CallAsync("events", "CreateEventBus", new() { ["Name"] = name });
        }

        var first = await host.CallAsync("events", "ListRules", new() { ["Limit"] = 1, ["NamePrefix"] = "o" });
        Assert.Equal("one", Names(first, "Rules"));
        var second = await host.CallAsync(
            "events",
            "ListRules",
            new()
            {
                ["Limit"] = 1,
                ["NamePrefix"] = "o",
                ["NextToken"] = first["NextToken"]!.ToString(),
            }
        );
        Assert.Equal(("other", null), (Names(second, "Rules"), second["NextToken"]));
        Assert.Equal("one other", Names(await host.CallAsync("events", "ListEventBuses", new() { ["NamePrefix"] = "o" }), "EventBuses"));
    }

    [Fact]
    public async Task Targets_MoreThanFive_AreRefused()
    {
        await using var host = await TestHost.StartAsync();
        await host.CallAsync("events", "PutRule", new() { ["Name"] = "r", ["EventPattern"] = """{"source":["s"]}""" });
        Task PutAsync(int from, int count) =>
            host.CallAsync(
                "events",
                "PutTargets",
                new()
                {
                    ["Rule"] = "r",
                    ["Targets"] = new JsonArray([
                        .. Enumerable
                            .Range(from, count)
                            .Select(id => new JsonObject { ["Id"] = $"t{id}", ["Arn"] = "arn:aws:sqs:us-east-1:000000000000:q" }),
                    ]),
                }
            );
        await PutAsync(0, 5);
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => PutAsync(5, 1));
        Assert.Equal("LimitExceededException", refused.Code);
    }

    [Fact]
    public async Task Token_OfTheSameRequestInAnotherOrder_IsARepeat()
    {
        await using var host = await TestHost.StartAsync();
        await host.CallAsync("dynamodb", "CreateTable", Read($"{{{Table}}}"));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        const string Once = """{"Put":{"TableName":"things","Item":{"a":{"S":"1"},"b":{"S":"2"}}}}""";
        const string Again = """{"Put":{"Item":{"b":{"S":"2"},"a":{"S":"1"}},"TableName":"things"}}""";
        foreach (var item in new[] { Once, Again })
        {
            var input = Read("""{"ClientRequestToken":"t","TransactItems":[""" + item + "]}");
            await host.CallAsync("dynamodb", "TransactWriteItems", input);
        }
    }

    private static JsonObject Read(string text) => JsonNode.Parse(text)!.AsObject();

    private static string Names(JsonObject answer, string list) =>
        string.Join(' ', answer[list]!.AsArray().Select(item => item!["Name"]!.ToString()));
}
