using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Persistence;

/// <summary>Items with a time to live of an hour, objects and uploads with a lifecycle of a day: there before, gone after.</summary>
internal sealed class ExpiryLoad(string client) : Load(client)
{
    private readonly Dictionary<int, DateTimeOffset> expires = [];

    protected override int WritesEach => 3;

    private string Prefix => $"temporary/{Client}/";

    protected override async Task SendAsync(HostProcess host, int number)
    {
        expires[number] = DateTimeOffset.UtcNow.AddHours(1);
        await host.CallAsync(
            "dynamodb",
            "PutItem",
            new()
            {
                ["TableName"] = "expiring",
                ["Item"] = new JsonObject
                {
                    ["pk"] = new JsonObject { ["S"] = Client },
                    ["sk"] = new JsonObject { ["N"] = $"{number}" },
                    ["expiresAt"] = new JsonObject { ["N"] = $"{expires[number].ToUnixTimeSeconds()}" },
                },
            }
        );
        await host.SendAsync(HttpMethod.Put, $"/documents/{Prefix}{number}", [1]);
        await host.SendAsync(HttpMethod.Post, $"/documents/{Prefix}{number}?uploads=", []);
    }

    protected override Task ReceiveAsync(HostProcess host) => Task.Delay(100);

    protected override async Task VerifyAsync(HostProcess last, HostLives lives, Tally tally)
    {
        tally.Keep($"item with a time to live of {Client}", Acknowledged, await Items.NumbersAsync(last, "expiring", Client));
        var objects = System.Text.Encoding.UTF8.GetString(
            (await last.SendAsync(HttpMethod.Get, $"/documents?list-type=2&prefix={Uri.EscapeDataString(Prefix)}")).Body
        );
        var uploads = System.Text.Encoding.UTF8.GetString(
            (await last.SendAsync(HttpMethod.Get, $"/documents?prefix={Uri.EscapeDataString(Prefix)}&uploads=")).Body
        );
        tally.Keep(
            "object with a lifecycle",
            Acknowledged,
            Acknowledged.Where(number => objects.Contains($"<Key>{Prefix}{number}</Key>", StringComparison.Ordinal))
        );
        tally.Keep(
            "upload with a lifecycle",
            Acknowledged,
            Acknowledged.Where(number => uploads.Contains($"<Key>{Prefix}{number}</Key>", StringComparison.Ordinal))
        );
    }

    /// <summary>Looks two days later.</summary>
    public async Task VerifyExpiredAsync(TestHost later, Tally tally)
    {
        var removed = (await ChangesAsync(later)).Where(record =>
            record["eventName"]!.ToString() == "REMOVE"
            && record["userIdentity"]?["PrincipalId"]?.ToString() == "dynamodb.amazonaws.com"
            && record["dynamodb"]!["Keys"]!["pk"]!["S"]!.ToString() == Client
        );
        var gone = removed.ToDictionary(
            record => record["dynamodb"]!["Keys"]!["sk"]!["N"]!.ToString(),
            record =>
                DateTimeOffset.FromUnixTimeMilliseconds(
                    (long)(record["dynamodb"]!["ApproximateCreationDateTime"]!.GetValue<double>() * 1000)
                )
        );
        var stored =
            await TextAsync(later, $"/documents?list-type=2&prefix={Uri.EscapeDataString(Prefix)}")
            + await TextAsync(later, $"/documents?prefix={Uri.EscapeDataString(Prefix)}&uploads=");
        var now = later.Time.GetUtcNow();
        foreach (var number in Acknowledged)
        {
            // The attribute has whole seconds.
            tally.Timer(
                $"time to live of {NameOf(number)}",
                expires[number].AddSeconds(-1),
                gone.TryGetValue($"{number}", out var at) ? at : null
            );
            tally.Timer(
                $"lifecycle of {NameOf(number)}",
                expires[number],
                stored.Contains($"<Key>{Prefix}{number}</Key>", StringComparison.Ordinal) ? null : now
            );
        }
    }

    private static async Task<string> TextAsync(TestHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Host.AwsUrl + path);
        await host.SignerFor(null).SignAsync(request, "s3");
        using var answer = await host.Client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<List<JsonNode>> ChangesAsync(TestHost host)
    {
        var table = await host.CallAsync("dynamodb", "DescribeTable", new JsonObject { ["TableName"] = "expiring" });
        var stream = table["Table"]!["LatestStreamArn"]!.ToString();
        var shard = (await host.CallAsync("dynamodb", "DescribeStream", new JsonObject { ["StreamArn"] = stream }))["StreamDescription"]![
            "Shards"
        ]![0]!["ShardId"]!.ToString();
        var iterator = await host.CallAsync(
            "dynamodb",
            "GetShardIterator",
            new JsonObject
            {
                ["StreamArn"] = stream,
                ["ShardId"] = shard,
                ["ShardIteratorType"] = "TRIM_HORIZON",
            }
        );
        var records = new List<JsonNode>();
        var next = iterator["ShardIterator"]!.ToString();
        while (true)
        {
            var page = await host.CallAsync("dynamodb", "GetRecords", new JsonObject { ["ShardIterator"] = next });
            var found = page["Records"]!.AsArray();
            if (found.Count == 0)
            {
                return records;
            }

            records.AddRange(found.Select(record => record!.DeepClone()));
            next = page["NextShardIterator"]!.ToString();
        }
    }
}
