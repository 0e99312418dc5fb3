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

    private const string PutEvents = """
        "Entries":[{"Source":"s","DetailType":"d","Detail":"{}"}]
        """;

    private const string Machine = """
        "name":"m","roleArn":"arn:aws:iam::000000000000:role/r",
        "definition":"{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}"
        """;

    [Theory]
    [InlineData("kms", "CreateKey", Key, "\"Origin\":\"EXTERNAL\"", "Origin EXTERNAL")]
    [InlineData("kms", "CreateKey", Key, "\"MultiRegion\":true", "MultiRegion")]
    [InlineData(
        "dynamodb",
        "CreateTable",
        Table,
        "\"SSESpecification\":{\"Enabled\":true,\"KMSMasterKeyId\":\"k\"}",
        "SSESpecification.KMSMasterKeyId"
    )]
    [InlineData("dynamodb", "CreateTable", Table, "\"OnDemandThroughput\":{\"MaxReadRequestUnits\":1}", "OnDemandThroughput")]
    [InlineData("dynamodb", "CreateTable", Table, "\"ResourcePolicy\":\"{}\"", "ResourcePolicy")]
    [InlineData("states", "CreateStateMachine", Machine, "\"publish\":true", "publish")]
    [InlineData("states", "CreateStateMachine", Machine, "\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]", "tags")]
    [InlineData(
        "states",
        "CreateStateMachine",
        Machine,
        "\"tracingConfiguration\":{\"enabled\":true}",
        "tracingConfiguration.enabled true"
    )]
    [InlineData("states", "ListStateMachines", "", "\"unheardOf\":1", "unheardOf")]
    [InlineData("sqs", "CreateQueue", "\"QueueName\":\"q\"", "\"tags\":{\"k\":\"v\"}", "tags")]
    [InlineData("events", "CreateEventBus", "\"Name\":\"b\"", "\"Description\":\"d\"", "Description")]
    [InlineData("events", "PutEvents", PutEvents, "\"EndpointId\":\"e\"", "EndpointId")]
    [InlineData("cognito-idp", "CreateUserPool", "\"PoolName\":\"p\"", "\"LambdaConfig\":{\"PreSignUp\":\"arn\"}", "LambdaConfig")]
    [InlineData("cognito-idp", "CreateUserPool", "\"PoolName\":\"p\"", "\"MfaConfiguration\":\"ON\"", "MfaConfiguration ON")]
    public async Task Call_WithASettingOfNoEffect_IsRefusedByName(string service, string operation, string input, string more, string named)
    {
        await using var host = await TestHost.StartAsync();
        var refused = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync(service, operation, Read($"{{{string.Join(',', new[] { input, more }.Where(part => part.Length > 0))}}}"))
        );
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        await host.CallAsync(service, operation, Read($"{{{input}}}"));
    }

    /// <summary>No operation of any service takes a member that it does not know.</summary>
    [Fact]
    public async Task Call_OfEveryOperation_RefusesAMemberByName()
    {
        await using var host = await TestHost.StartAsync();
        // Those of Lambda and SES are told by method and path.
        var operations = host.Host.Operations.Where(operation => operation.Service is not ("lambda" or "ses")).ToList();
        Assert.InRange(operations.Count, 150, 1000);
        foreach (var (service, operation) in operations)
        {
            Assert.Contains(
                $"does not serve NoMemberOfAnything of {operation}.",
                await RefusalAsync(host, service, operation, "NoMemberOfAnything"),
                StringComparison.Ordinal
            );
        }
    }

    private static async Task<string> RefusalAsync(TestHost host, string service, string operation, string member)
    {
        if (service is "iam" or "sts" or "cloudformation")
        {
            var query = QueryClient.Of(host);
            return (await Assert.ThrowsAsync<QueryCallException>(() => query.CallAsync(service, operation, (member, "x")))).Reason;
        }

        return (await Assert.ThrowsAsync<AwsCallException>(() => host.CallAsync(service, operation, new() { [member] = "x" }))).Message;
    }

    [Theory]
    [InlineData("/2015-03-31/functions/?FunctionVersion=ALL", "FunctionVersion")]
    [InlineData("/v2/apis?maxResults=1", "maxResults")]
    public async Task Call_ByPathWithAParameterOfNoEffect_IsRefusedByName(string path, string named)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Host.AwsUrl + path);
        await host.SignerFor(null).SignAsync(request, path.StartsWith("/v2", StringComparison.Ordinal) ? "apigateway" : "lambda");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-amz-grant-write-acp", "id=1")]
    [InlineData("x-amz-object-ownership", "ObjectWriter")]
    [InlineData("x-amz-server-side-encryption-aws-kms-key-id", "k")]
    [InlineData("x-amz-mfa", "1 2")]
    [InlineData("x-amz-storage-class", "GLACIER")]
    public async Task S3_WithAHeaderOfNoEffect_IsRefusedByName(string name, string value)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, host.Host.AwsUrl + "/bucket");
        request.Headers.Add(name, value);
        await host.SignerFor(null).SignAsync(request, "s3");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(501, (int)answer.StatusCode);
        Assert.Contains(name, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
