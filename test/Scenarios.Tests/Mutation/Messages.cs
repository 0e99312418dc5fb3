using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>What the parties' queues bring of a run.</summary>
internal static class Messages
{
    private const int Attempts = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Receives until both sides of every exchange that has ended have their message, or none comes any more.</summary>
    public static async Task<IReadOnlyList<(TestParty Party, string Text)>> ReceiveAsync(MutationWorld world, Picture picture)
    {
        var received = new List<(TestParty Party, string Text)>();
        var client = SignedAwsClient.OfRoot(world.Host);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            foreach (var queue in new[] { "UploadersQueueUrl", "DownloadersQueueUrl" })
            {
                received.AddRange(await ReceiveAsync(client, world, queue));
            }

            if (picture.Exchanges.Where(exchange => exchange.Ending is not null).All(exchange => BringBoth(received, exchange)))
            {
                break;
            }

            await Task.Delay(Pause);
        }

        return received;
    }

    /// <summary>Whether each side of an exchange has a message about it; a queue may bring one side the same message twice.</summary>
    public static bool BringBoth(IEnumerable<(TestParty Party, string Text)> messages, SeenExchange exchange)
    {
        var told = messages
            .Where(message => message.Text.Contains($"\"{exchange.Id}\"", StringComparison.Ordinal))
            .Select(message => message.Party.Id.ToString())
            .ToHashSet();
        return told.Contains(exchange.Uploader) && told.Contains(exchange.Downloader);
    }

    private static async Task<IReadOnlyList<(TestParty Party, string Text)>> ReceiveAsync(
        SignedAwsClient client,
        MutationWorld world,
        string output
    )
    {
        var url = world.Host.Embedded.Outputs[output];
        var input = new JsonObject { ["QueueUrl"] = url, ["MaxNumberOfMessages"] = 10 };
        var answer = (await client.CallAsync("sqs", "AmazonSQS.ReceiveMessage", input)).Require(200);
        var received = new List<(TestParty Party, string Text)>();
        foreach (var message in answer.Body?["Messages"]?.AsArray() ?? [])
        {
            var text = message!["Body"]!.GetValue<string>();
            var user = JsonNode.Parse(text)!["userId"]?.GetValue<string>();
            var party = new[] { world.Alice, world.Bob, world.Carol }.FirstOrDefault(one => one.Id.ToString() == user);
            if (party is not null)
            {
                received.Add((party, text));
            }

            var handle = message["ReceiptHandle"]!.GetValue<string>();
            await client.CallAsync("sqs", "AmazonSQS.DeleteMessage", new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = handle });
        }

        return received;
    }
}
