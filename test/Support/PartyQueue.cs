using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>One side's way over the queues: sends the seed's envelope, and receives from the side's queue.</summary>
public sealed class PartyQueue(TestHost host, string role, string queueOutput)
{
    private readonly SignedAwsClient client = new(host, host.Embedded.CredentialsFor(host.Embedded.Outputs[role]));

    public static PartyQueue OfUploaders(TestHost host) => new(host, "UploaderRoleArn", "UploadersQueueUrl");

    public static PartyQueue OfDownloaders(TestHost host) => new(host, "DownloaderRoleArn", "DownloadersQueueUrl");

    public Task SendAsync(TestParty party, string step, JsonObject message) => SendAsync(
        new JsonObject { ["protocolStep"] = step, ["userId"] = party.Id.ToString(), ["message"] = message }.ToJsonString());

    public async Task SendAsync(string body) => (await client.CallAsync("sqs", "AmazonSQS.SendMessage", new JsonObject
    {
        ["QueueUrl"] = host.Embedded.Outputs["ProtocolQueueUrl"],
        ["MessageBody"] = body,
    })).Require(200);

    /// <summary>Receives messages, and deletes them, until one has this step.</summary>
    public async Task<JsonNode> ReceiveAsync(string step)
    {
        for (var attempt = 0; attempt < 900; attempt++)
        {
            foreach (var envelope in await ReceiveAllAsync())
            {
                if (envelope["protocolStep"]!.GetValue<string>() == step)
                {
                    return envelope;
                }
            }
        }

        throw new InvalidOperationException($"No message of step {step} came.");
    }

    private async Task<List<JsonNode>> ReceiveAllAsync()
    {
        var url = host.Embedded.Outputs[queueOutput];
        var answer = await client.CallAsync("sqs", "AmazonSQS.ReceiveMessage", new JsonObject
        {
            ["QueueUrl"] = url,
            ["WaitTimeSeconds"] = 1,
            ["MaxNumberOfMessages"] = 1,
        });
        var envelopes = new List<JsonNode>();
        foreach (var message in answer.Require(200).Body?["Messages"]?.AsArray() ?? [])
        {
            envelopes.Add(JsonNode.Parse(message!["Body"]!.GetValue<string>())!);
            await client.CallAsync("sqs", "AmazonSQS.DeleteMessage", new JsonObject
            {
                ["QueueUrl"] = url,
                ["ReceiptHandle"] = message["ReceiptHandle"]!.GetValue<string>(),
            });
        }

        return envelopes;
    }
}
