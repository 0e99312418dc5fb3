using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Persistence;

/// <summary>Items, objects, messages of both kinds of queues, and a counter.</summary>
internal sealed class WriteLoad(string client) : Load(client)
{
    private (int Acknowledged, int Sent) increments;

    protected override int WritesEach => 5;

    private JsonObject CounterKey => Key($"count-{Client}", 0);

    protected override async Task SendAsync(HostProcess host, int number)
    {
        await host.CallAsync("dynamodb", "PutItem", new() { ["TableName"] = "things", ["Item"] = Key(Client, number) });
        await host.SendAsync(HttpMethod.Put, $"/documents/{NameOf(number)}", BodyOf(number));
        await host.CallAsync(
            "sqs",
            "SendMessage",
            new()
            {
                ["QueueUrl"] = host.QueueUrl("work.fifo"),
                ["MessageBody"] = $"{number}",
                ["MessageGroupId"] = Client,
                ["MessageDeduplicationId"] = NameOf(number),
            }
        );
        await host.CallAsync("sqs", "SendMessage", new() { ["QueueUrl"] = host.QueueUrl("work"), ["MessageBody"] = NameOf(number) });
        increments.Sent++;
        await host.CallAsync(
            "dynamodb",
            "UpdateItem",
            new()
            {
                ["TableName"] = "things",
                ["Key"] = CounterKey,
                ["UpdateExpression"] = "ADD n :one",
                ["ExpressionAttributeValues"] = new JsonObject { [":one"] = new JsonObject { ["N"] = "1" } },
            }
        );
        increments.Acknowledged++;
    }

    protected override async Task VerifyAsync(HostProcess last, HostLives lives, Tally tally)
    {
        tally.Keep($"item of {Client}", Acknowledged, await Items.NumbersAsync(last, "things", Client));
        foreach (var number in Acknowledged)
        {
            var (status, body) = await last.SendAsync(HttpMethod.Get, $"/documents/{NameOf(number)}");
            tally.Keep("object", [NameOf(number)], status == 200 && body.SequenceEqual(BodyOf(number)) ? [NameOf(number)] : []);
        }

        var counter = await last.CallAsync("dynamodb", "GetItem", new() { ["TableName"] = "things", ["Key"] = CounterKey });
        var count = int.Parse(counter["Item"]?["n"]?["N"]?.ToString() ?? "0", CultureInfo.InvariantCulture);
        if (count < increments.Acknowledged || count > increments.Sent)
        {
            (count < increments.Acknowledged ? tally.Lost : tally.Twice).Add($"increments of {Client}: {count}, not {increments}");
        }
    }

    private static JsonObject Key(string partition, int number) =>
        new()
        {
            ["pk"] = new JsonObject { ["S"] = partition },
            ["sk"] = new JsonObject { ["N"] = $"{number}" },
        };

    private byte[] BodyOf(int number) => SHA512.HashData(Encoding.UTF8.GetBytes(NameOf(number)));

    /// <summary>What reached the queues; asked once for all clients, because each message is there for whoever comes first.</summary>
    public static async Task VerifyQueuesAsync(HostProcess last, IReadOnlyList<WriteLoad> loads, Tally tally)
    {
        var received = await Messages.DrainAsync(last, "work");
        tally.Keep("message", loads.SelectMany(load => load.Acknowledged.Select(load.NameOf)), received.Select(message => message.Body));
        var inOrder = await Messages.DrainAsync(last, "work.fifo");
        foreach (var load in loads)
        {
            var group = inOrder
                .Where(message => message.Group == load.Client)
                .Select(message => int.Parse(message.Body, CultureInfo.InvariantCulture))
                .ToList();
            tally.Keep($"FIFO message of {load.Client}", load.Acknowledged, group);
            tally.Twice.AddRange(
                group.CountBy(number => number).Where(count => count.Value > 1).Select(count => $"FIFO message {load.NameOf(count.Key)}")
            );
            tally.Wrong.AddRange(
                group.Zip(group.Skip(1)).Where(pair => pair.Second < pair.First).Select(pair => $"FIFO order of {load.Client}: {pair}")
            );
        }
    }
}
