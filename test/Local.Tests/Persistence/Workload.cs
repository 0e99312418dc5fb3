using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Local.Tests.DynamoDb;

namespace FairShare.Local.Tests.Persistence;

/// <summary>One client's writes over many lives of a host, and what it was told of them.</summary>
internal sealed class Workload(int client)
{
    private int next;
    private int? unacknowledged;

    /// <summary>Numbers whose every write was acknowledged.</summary>
    public List<int> Acknowledged { get; } = [];

    public string Client => $"client-{client}";

    /// <summary>Increments that were acknowledged, and those that were sent.</summary>
    public (int Acknowledged, int Sent) Increments { get; private set; }

    public static byte[] BodyOf(string client, int number) => SHA512.HashData(Encoding.UTF8.GetBytes($"{client}/{number}"));

    /// <summary>Writes one number after the other until the host is gone; a number that was not acknowledged is sent again by the next run.</summary>
    public async Task RunAsync(HostProcess host)
    {
        try
        {
            while (true)
            {
                var number = unacknowledged ?? next++;
                unacknowledged = number;
                await WriteAsync(host, number);
                unacknowledged = null;
                Acknowledged.Add(number);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException { StatusCode: null } or IOException)
        {
            // The kill.
        }
    }

    private async Task WriteAsync(HostProcess host, int number)
    {
        var item = new JsonObject { ["pk"] = new JsonObject { ["S"] = Client }, ["sk"] = new JsonObject { ["N"] = $"{number}" } };
        await CallAsync(host, "dynamodb", "DynamoDB_20120810.PutItem", new() { ["TableName"] = TestTable.Name, ["Item"] = item });
        await host.SendAsync(HttpMethod.Put, $"/documents/{Client}/{number}", "s3", null, BodyOf(Client, number));
        var queue = $"{host.Url}/000000000000/work.fifo";
        await CallAsync(host, "sqs", "AmazonSQS.SendMessage", new()
        {
            ["QueueUrl"] = queue,
            ["MessageBody"] = $"{number}",
            ["MessageGroupId"] = Client,
            ["MessageDeduplicationId"] = $"{Client}-{number}",
        });
        await CallAsync(host, "sqs", "AmazonSQS.SendMessage", new() { ["QueueUrl"] = $"{host.Url}/000000000000/work", ["MessageBody"] = $"{Client}/{number}" });
        Increments = (Increments.Acknowledged, Increments.Sent + 1);
        await CallAsync(host, "dynamodb", "DynamoDB_20120810.UpdateItem", new()
        {
            ["TableName"] = TestTable.Name,
            ["Key"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = $"count-{Client}" }, ["sk"] = new JsonObject { ["N"] = "0" } },
            ["UpdateExpression"] = "ADD n :one",
            ["ExpressionAttributeValues"] = new JsonObject { [":one"] = new JsonObject { ["N"] = "1" } },
        });
        Increments = (Increments.Acknowledged + 1, Increments.Sent);
    }

    public static async Task<JsonObject> CallAsync(HostProcess host, string service, string target, JsonObject input) =>
        (JsonObject)JsonNode.Parse(await host.SendAsync(HttpMethod.Post, "/", service, target, Encoding.UTF8.GetBytes(input.ToJsonString())))!;
}
