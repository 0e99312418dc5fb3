using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

public sealed class StreamTests
{
    [Fact]
    public async Task GetRecords_AfterChanges_TellsThemInOrder()
    {
        await using var host = await TestHost.StartAsync(TestTable.Template);
        await PutAsync(host, "a", "1");
        await PutAsync(host, "a", "2");
        await PutAsync(host, "a", "2");
        await host.CallAsync("dynamodb", "DeleteItem", new() { ["TableName"] = TestTable.Name, ["Key"] = Key("a") });

        var records = await ReadAsync(host, "TRIM_HORIZON");

        Assert.Equal(["INSERT", "MODIFY", "REMOVE"], records.Select(record => record!["eventName"]!.ToString()));
        Assert.Equal("1", records[1]!["dynamodb"]!["OldImage"]!["v"]!["S"]!.ToString());
        Assert.Equal("2", records[1]!["dynamodb"]!["NewImage"]!["v"]!["S"]!.ToString());
        var numbers = records.Select(record => record!["dynamodb"]!["SequenceNumber"]!.ToString()).ToList();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
    }

    [Fact]
    public async Task GetRecords_FromTheLatest_TellsOnlyWhatComes()
    {
        await using var host = await TestHost.StartAsync(TestTable.Template);
        await PutAsync(host, "a", "1");
        var iterator = await IteratorAsync(host, "LATEST");
        await PutAsync(host, "b", "1");

        var answer = await host.CallAsync("dynamodb", "GetRecords", new() { ["ShardIterator"] = iterator });

        Assert.Equal("b", Assert.Single(answer["Records"]!.AsArray())!["dynamodb"]!["Keys"]!["pk"]!["S"]!.ToString());
        host.Time.Advance(TimeSpan.FromMinutes(16));
        var refusal = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync("dynamodb", "GetRecords", new() { ["ShardIterator"] = iterator })
        );
        Assert.Equal("ExpiredIteratorException", refusal.Code);
    }

    [Fact]
    public async Task Item_PastItsTimeToLive_GoesAndTheStreamSaysWhy()
    {
        await using var host = await TestHost.StartAsync(TestTable.Template);
        var due = host.Time.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
        var item = Key("a");
        item["expiresAt"] = new JsonObject { ["N"] = due.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        await host.CallAsync("dynamodb", "PutItem", new() { ["TableName"] = TestTable.Name, ["Item"] = item });
        host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull((await GetAsync(host, "a"))["Item"]);

        host.Time.Advance(TimeSpan.FromMinutes(7));

        await Waiting.UntilAsync(() => GetAsync(host, "a"), answer => answer["Item"] is null);
        var removal = (await ReadAsync(host, "TRIM_HORIZON"))[^1]!;
        Assert.Equal("REMOVE", removal["eventName"]!.ToString());
        Assert.Equal("dynamodb.amazonaws.com", removal["userIdentity"]!["PrincipalId"]!.ToString());
    }

    private static JsonObject Key(string pk) =>
        new()
        {
            ["pk"] = new JsonObject { ["S"] = pk },
            ["sk"] = new JsonObject { ["N"] = "1" },
        };

    private static Task<JsonObject> GetAsync(TestHost host, string pk) =>
        host.CallAsync("dynamodb", "GetItem", new() { ["TableName"] = TestTable.Name, ["Key"] = Key(pk) });

    private static Task<JsonObject> PutAsync(TestHost host, string pk, string value)
    {
        var item = Key(pk);
        item["v"] = new JsonObject { ["S"] = value };
        return host.CallAsync("dynamodb", "PutItem", new() { ["TableName"] = TestTable.Name, ["Item"] = item });
    }

    private static async Task<string> IteratorAsync(TestHost host, string type)
    {
        var table = await host.CallAsync("dynamodb", "DescribeTable", new() { ["TableName"] = TestTable.Name });
        var arn = table["Table"]!["LatestStreamArn"]!.ToString();
        var stream = await host.CallAsync("dynamodb", "DescribeStream", new() { ["StreamArn"] = arn });
        var shard = stream["StreamDescription"]!["Shards"]![0]!["ShardId"]!.ToString();
        var answer = await host.CallAsync(
            "dynamodb",
            "GetShardIterator",
            new()
            {
                ["StreamArn"] = arn,
                ["ShardId"] = shard,
                ["ShardIteratorType"] = type,
            }
        );
        return answer["ShardIterator"]!.ToString();
    }

    private static async Task<JsonArray> ReadAsync(TestHost host, string type) =>
        (await host.CallAsync("dynamodb", "GetRecords", new() { ["ShardIterator"] = await IteratorAsync(host, type) }))[
            "Records"
        ]!.AsArray();
}
