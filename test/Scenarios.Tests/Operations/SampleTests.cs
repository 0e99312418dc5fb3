using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using FairShare.Aws.Exchange;
using FairShare.Aws.Parties;
using FairShare.Aws.Signing;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// What each release stored is read by this one: items, the tokens in them, and the inputs of workflows. A folder of <c>Samples</c> is a
/// release; <c>FAIRSHARE_SAMPLES</c> names a folder into which those of this one are written.
/// </summary>
public sealed class SampleTests
{
    private const string Items = "items.jsonl";
    private const string Inputs = "inputs.jsonl";
    private const string Tables = "DynamoDB_20120810";
    private const string Workflows = "AWSStepFunctions";

    public static TheoryData<string> Releases =>
        [.. Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Samples")).Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Samples_OfARelease_AreReadByThisOne(string release)
    {
        await using var host = await TestHost.StartAsync(template: Writable(), isJudged: false);
        var (items, inputs) = (Read(release, Items), Read(release, Inputs));
        await Task.WhenAll(items.Select(item => PutAsync(host, item)));
        using var client = new AmazonDynamoDBClient(host.Owner(), host.Configure(new AmazonDynamoDBConfig()));
        var retry = new ConflictRetry(TimeProvider.System, new SystemRandomness());
        var table = new ItemTable(client, host.Embedded.Outputs["EvidenceTableName"], retry);
        await RequireReadAsync(table, items);
        await RequireSealedAsync(host, inputs);
        await RequireRunAsync(host, inputs);
    }

    [Fact]
    public async Task Samples_OfThisRelease_HaveEveryKindOfItemAndInput()
    {
        await using var host = await TestHost.StartAsync(isJudged: false);
        var inputs = await TourAsync(host);
        var answer = (await Root(host).CallAsync("dynamodb", $"{Tables}.Scan", TableOf(host))).Require(200);
        var items = answer["Items"].AsArray().Select(item => item!.AsObject()).ToList();
        var known = Releases.SelectMany(row => Read(row.Data, Items)).Select(KindOf).ToHashSet();
        if (Environment.GetEnvironmentVariable("FAIRSHARE_SAMPLES") is { } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllLinesAsync(Path.Combine(folder, Items), items.Select(item => item.ToJsonString()));
            await File.WriteAllLinesAsync(Path.Combine(folder, Inputs), inputs.Select(input => input.ToJsonString()));
            return;
        }

        Assert.Superset(items.Select(KindOf).ToHashSet(), known);
        Assert.Equal(["receipt", "seal", "start"], inputs.Select(input => $"{input["kind"]}").Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Deposits, exchanges of every ending, an abort, a lookup: what the workflow was given is read from the histories.</summary>
    private static async Task<List<JsonObject>> TourAsync(TestHost host)
    {
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var document = await TestDocument.DepositAsync(alice, bob);
        var completed = await TestExchange.RequestAsync(bob, document);
        (await completed.SubmitReceiptAsync()).Require(200);
        var declined = await TestExchange.RequestAsync(bob, document);
        (await declined.DeclineAsync()).Require(200);
        var aborted = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        await BadInput.BadInputCase.WaitUntilOpenAsync(aborted);
        (await alice.PostAsync($"/documents/{aborted.Challenge.Statement.Document.Id}/abort")).Require(200);
        List<JsonObject> inputs = [];
        foreach (var exchange in new[] { completed, declined, aborted })
        {
            await exchange.WaitForEndingAsync();
            inputs.AddRange(await InputsOfAsync(host, exchange.Id));
        }

        return inputs;
    }

    private static async Task<List<JsonObject>> InputsOfAsync(TestHost host, ExchangeId exchange)
    {
        var machine = host.Embedded.Outputs["ExchangeStateMachineArn"];
        var execution = $"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{exchange}";
        var asked = new JsonObject { ["executionArn"] = execution, ["maxResults"] = 1000 };
        var history = (await Root(host).CallAsync("states", $"{Workflows}.GetExecutionHistory", asked)).Require(200);
        List<JsonObject> inputs = [];
        foreach (var entry in history["events"].AsArray())
        {
            if (entry!["executionStartedEventDetails"] is { } started)
            {
                inputs.Add(Sample("start", exchange, $"{started["input"]}"));
            }
            else if ($"{entry["taskScheduledEventDetails"]?["resourceType"]}" == "lambda")
            {
                var parameters = JsonNode.Parse($"{entry["taskScheduledEventDetails"]!["parameters"]}")!;
                inputs.Add(Sample("seal", exchange, parameters["Payload"]!.ToJsonString()));
            }
            else if (entry["taskSucceededEventDetails"] is { } done && $"{done["output"]}".Contains("acceptedAt", StringComparison.Ordinal))
            {
                inputs.Add(Sample("receipt", exchange, $"{done["output"]}"));
            }
        }

        return inputs;
    }

    private static JsonObject Sample(string kind, ExchangeId exchange, string text) =>
        new()
        {
            ["kind"] = kind,
            ["exchange"] = $"{exchange}",
            ["text"] = text,
        };

    private static async Task RequireReadAsync(ItemTable table, List<JsonObject> items)
    {
        var (exchanges, documents) = (new ExchangeRepository(table), new DocumentRepository(table));
        List<PartyKey> keys = [.. await new StoreKeys(table, StoreOf(items)).ListAsync(default)];
        foreach (var party in IdsOf(items, "PARTY#", "KEY#"))
        {
            keys.AddRange((await new PartyKeyRepository(table).ListAsync(PartyId.Parse(party), default)).Select(record => record.Key));
        }

        var ended = 0;
        foreach (var id in IdsOf(items, "EXCHANGE#", "EXCHANGE"))
        {
            var exchange = await exchanges.FindAsync(ExchangeId.Parse(id), default);
            var deposit = await documents.FindDepositAsync(exchange!.Document, default);
            Assert.NotNull(await documents.FindAsync(exchange.Document, default));
            if (exchange.Ending is { Receipt: { } receipt, Release: { } release })
            {
                var evidence = ExchangeEvidence.Verify(deposit!.Origin.Text, exchange.Challenge.Text, receipt.Text, release.Text, keys);
                Assert.All(evidence.Checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
            }

            ended += exchange.Ending is null ? 0 : 1;
        }

        Assert.Equal(IdsOf(items, "EXCHANGE#", "ENDING").Count(), ended);
    }

    /// <summary>SealEnding reads what it was given then, and tells the ending that stands.</summary>
    private static async Task RequireSealedAsync(TestHost host, List<JsonObject> inputs)
    {
        var function = await PhysicalIdAsync(host, "SealEnding");
        foreach (var input in inputs.Where(input => $"{input["kind"]}" == "seal"))
        {
            var answer = await host.InvokeAsync(function, JsonNode.Parse($"{input["text"]}")!.AsObject());
            Assert.True(answer["recorded"]!.GetValue<bool>(), answer.ToJsonString());
        }
    }

    /// <summary>The workflow of this release takes an input and a receipt of then, and commits the same ending.</summary>
    private static async Task RequireRunAsync(TestHost host, List<JsonObject> inputs)
    {
        var receipt = inputs.Single(input => $"{input["kind"]}" == "receipt");
        var start = inputs.Single(input => $"{input["kind"]}" == "start" && $"{input["exchange"]}" == $"{receipt["exchange"]}");
        var partition = $"EXCHANGE#{receipt["exchange"]}";
        await DeleteAsync(host, partition, "ENDING");
        await DeleteAsync(host, partition, "EXCHANGE");
        var started = new JsonObject
        {
            ["stateMachineArn"] = host.Embedded.Outputs["ExchangeStateMachineAliasArn"],
            ["name"] = $"{receipt["exchange"]}",
            ["input"] = $"{start["text"]}",
        };
        var execution = (await Root(host).CallAsync("states", $"{Workflows}.StartExecution", started)).Require(200).Text("executionArn");
        using var table = new Testing.Oracle.TableReader(host);
        string? token = null;
        for (; token is null; await Task.Delay(10))
        {
            token = (await table.QueryAsync(partition)).FirstOrDefault(item => item["sk"].S == "EXCHANGE")?["taskToken"].S;
        }

        var success = new JsonObject { ["taskToken"] = token, ["output"] = $"{receipt["text"]}" };
        (await Root(host).CallAsync("states", $"{Workflows}.SendTaskSuccess", success)).Require(200);
        Answer described;
        do
        {
            await Task.Delay(20);
            var named = new JsonObject { ["executionArn"] = execution };
            described = await Root(host).CallAsync("states", $"{Workflows}.DescribeExecution", named);
        } while (described.Require(200).Text("status") == "RUNNING");

        Assert.Equal("SUCCEEDED", described.Text("status"));
        var ending = (await table.QueryAsync(partition)).Single(item => item["sk"].S == "ENDING");
        Assert.Equal("Completed", ending["state"].S);
    }

    private static List<JsonObject> Read(string release, string file) =>
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Samples", release, file))
                .Select(line => JsonNode.Parse(line)!.AsObject()),
        ];

    private static IEnumerable<string> IdsOf(List<JsonObject> items, string partition, string sort) =>
        items
            .Where(item => Text(item, "pk").StartsWith(partition, StringComparison.Ordinal))
            .Where(item => Text(item, "sk").StartsWith(sort, StringComparison.Ordinal))
            .Select(item => Text(item, "pk")[partition.Length..])
            .Distinct();

    private static PartyId StoreOf(List<JsonObject> items) =>
        items
            .Where(item => item["challenge"] is not null)
            .Select(item => EvidenceToken.Parse(Text(item, "challenge")).Statement.Store)
            .First();

    /// <summary>The partition's kind, and what the sort key begins with.</summary>
    private static string KindOf(JsonObject item) => $"{Text(item, "pk").Split('#')[0]} {Text(item, "sk").Split('#')[0]}";

    private static string Text(JsonObject item, string name) => item[name]!["S"]!.GetValue<string>();

    /// <summary>The template without the policy that lets writers alone put evidence, and without what the log would do.</summary>
    private static string Writable()
    {
        var template = JsonNode.Parse(TestTemplate.WithoutLog())!;
        var table = template["Resources"]!.AsObject().Single(one => one.Key.StartsWith("EvidenceTable", StringComparison.Ordinal));
        table.Value!["Properties"].Drop("ResourcePolicy");
        return template.ToJsonString();
    }

    private static JsonObject TableOf(TestHost host) => new() { ["TableName"] = host.Embedded.Outputs["EvidenceTableName"] };

    private static async Task PutAsync(TestHost host, JsonObject item)
    {
        var put = TableOf(host);
        put["Item"] = item.DeepClone();
        (await Root(host).CallAsync("dynamodb", $"{Tables}.PutItem", put)).Require(200);
    }

    private static async Task DeleteAsync(TestHost host, string partition, string sort)
    {
        var delete = TableOf(host);
        delete["Key"] = new JsonObject
        {
            ["pk"] = new JsonObject { ["S"] = partition },
            ["sk"] = new JsonObject { ["S"] = sort },
        };
        (await Root(host).CallAsync("dynamodb", $"{Tables}.DeleteItem", delete)).Require(200);
    }

    private static async Task<string> PhysicalIdAsync(TestHost host, string handler)
    {
        var function = JsonNode.Parse(TestHost.Template)!["Resources"]!
            .AsObject()
            .Single(one => $"{one.Value!["Properties"]?["Handler"]}" == handler);
        return await Root(host).PhysicalIdAsync(FairShare.Host.ServiceHost.StackName, function.Key);
    }

    private static SignedAwsClient Root(TestHost host) =>
        new(
            host,
            new(host.Embedded.RootCredentials.AccessKeyId, host.Embedded.RootCredentials.SecretAccessKey, "", DateTimeOffset.MaxValue)
        );
}
