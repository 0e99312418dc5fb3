using System.Text.Json.Nodes;
using FairShare.Local.Tests.DynamoDb;
using Xunit;

namespace FairShare.Local.Tests.Persistence;

public sealed class KillTests : IDisposable
{
    private const string Template =
        """
        { "Resources": {
          "Things": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "things",
            "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "N" } ],
            "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" } ] } },
          "Documents": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "documents" } },
          "Work": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work" } },
          "WorkInOrder": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "work.fifo", "FifoQueue": true } } } }
        """;

    private readonly string directory = Directory.CreateTempSubdirectory("fairshare-kill-").FullName;

    /// <summary>Five by default; <c>FAIRSHARE_KILLS=100</c> for the long run.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("FAIRSHARE_KILLS"), out var given) ? given : 5;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Host_KilledUnderLoad_LosesNothingThatItAcknowledged()
    {
        var template = Path.Combine(directory, "template.json");
        await File.WriteAllTextAsync(template, Template);
        var workloads = Enumerable.Range(0, 4).Select(client => new Workload(client)).ToList();
        var random = new Random(20261121);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var host = await HostProcess.StartAsync(Path.Combine(directory, "data"), template);
            var running = workloads.Select(workload => Task.Run(() => workload.RunAsync(host))).ToList();
            await Task.Delay(random.Next(100, 700));
            host.Kill();
            await Task.WhenAll(running);
        }

        using var last = await HostProcess.StartAsync(Path.Combine(directory, "data"), template);
        var (received, inOrder) = (await DrainAsync(last, "work"), await DrainAsync(last, "work.fifo"));
        foreach (var workload in workloads)
        {
            await DemandKeptAsync(last, workload);
            DemandDelivered(workload, received, inOrder);
        }

        var total = workloads.Sum(workload => workload.Acknowledged.Count);
        Assert.True(total > 0);
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {total} rounds of five writes acknowledged, lost 0, FIFO duplicates 0");
    }

    private static async Task DemandKeptAsync(HostProcess host, Workload workload)
    {
        var kept = new HashSet<string>();
        JsonNode? after = null;
        do
        {
            var page = await Workload.CallAsync(host, "dynamodb", "DynamoDB_20120810.Query", new()
            {
                ["TableName"] = TestTable.Name,
                ["KeyConditionExpression"] = "pk = :p",
                ["ExclusiveStartKey"] = after,
                ["ExpressionAttributeValues"] = new JsonObject { [":p"] = new JsonObject { ["S"] = workload.Client } },
            });
            kept.UnionWith(page["Items"]!.AsArray().Select(item => item!["sk"]!["N"]!.ToString()));
            after = page["LastEvaluatedKey"]?.DeepClone();
        }
        while (after is not null);

        Assert.All(workload.Acknowledged, number => Assert.Contains($"{number}", kept));
        foreach (var number in workload.Acknowledged)
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{host.Url}/documents/{workload.Client}/{number}");
            await new Support.RequestSigner("root", "root", null, TimeProvider.System).SignAsync(request, "s3");
            using var answer = await client.SendAsync(request);
            Assert.Equal(Workload.BodyOf(workload.Client, number), await answer.Content.ReadAsByteArrayAsync());
        }

        var counter = await Workload.CallAsync(host, "dynamodb", "DynamoDB_20120810.GetItem", new()
        {
            ["TableName"] = TestTable.Name,
            ["Key"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = $"count-{workload.Client}" }, ["sk"] = new JsonObject { ["N"] = "0" } },
        });
        var count = int.Parse(counter["Item"]?["n"]?["N"]?.ToString() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(count, workload.Increments.Acknowledged, workload.Increments.Sent);
    }

    private static void DemandDelivered(Workload workload, List<(string? Group, string Body)> received, List<(string? Group, string Body)> inOrder)
    {
        var once = received.Select(message => message.Body).ToHashSet();
        Assert.All(workload.Acknowledged, number => Assert.Contains($"{workload.Client}/{number}", once));
        var ordered = inOrder.Where(message => message.Group == workload.Client)
            .Select(message => int.Parse(message.Body, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(ordered.Distinct().Order(), ordered);
        Assert.All(workload.Acknowledged, number => Assert.Contains(number, ordered));
    }

    private static async Task<List<(string? Group, string Body)>> DrainAsync(HostProcess host, string queue)
    {
        var messages = new List<(string?, string)>();
        while (true)
        {
            var url = $"{host.Url}/000000000000/{queue}";
            var answer = await Workload.CallAsync(host, "sqs", "AmazonSQS.ReceiveMessage", new()
            {
                ["QueueUrl"] = url,
                ["MaxNumberOfMessages"] = 10,
                ["MessageSystemAttributeNames"] = new JsonArray("All"),
            });
            if (answer["Messages"] is not JsonArray { Count: > 0 } batch)
            {
                return messages;
            }

            foreach (var message in batch)
            {
                messages.Add((message!["Attributes"]?["MessageGroupId"]?.ToString(), message["Body"]!.ToString()));
                await Workload.CallAsync(host, "sqs", "AmazonSQS.DeleteMessage", new() { ["QueueUrl"] = url, ["ReceiptHandle"] = message["ReceiptHandle"]!.ToString() });
            }
        }
    }
}
