using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace FairShare.Testing;

/// <summary>One side's way over the queues: sends the seed's envelope, and receives from the side's queue.</summary>
public sealed class PartyQueue(TestHost host, SessionCredentials credentials, string queueOutput)
{
    private readonly SignedAwsClient client = new(host, credentials);

    public static PartyQueue OfUploaders(TestHost host, string sender = "operator") =>
        new(host, host.Embedded.CredentialsFor(host.Embedded.Outputs["UploaderRoleArn"], sender), "UploadersQueueUrl");

    public static PartyQueue OfDownloaders(TestHost host, string sender = "operator") =>
        new(host, host.Embedded.CredentialsFor(host.Embedded.Outputs["DownloaderRoleArn"], sender), "DownloadersQueueUrl");

    /// <summary>Binds the sender to a party.</summary>
    public async Task BindAsync(TestParty party)
    {
        var nonce = (await party.PostAsync("/senders")).Require(201).Text("nonce");
        await SendAsync(party, "bind", new JsonObject { ["nonce"] = nonce });
        await ReceiveAsync("bind");
    }

    public Task SendAsync(TestParty party, string step, JsonObject message) =>
        SendAsync(
            new JsonObject
            {
                ["protocolStep"] = step,
                ["userId"] = party.Id.ToString(),
                ["message"] = message,
            }.ToJsonString()
        );

    /// <summary>Sends a message of any shape.</summary>
    /// <returns>The id that SQS gave it.</returns>
    public async Task<string> SendAsync(string body) =>
        (
            await client.CallAsync(
                "sqs",
                "AmazonSQS.SendMessage",
                new JsonObject { ["QueueUrl"] = host.Embedded.Outputs["ProtocolQueueUrl"], ["MessageBody"] = body }
            )
        )
            .Require(200)
            .Text("MessageId");

    /// <summary>Receives messages, and deletes them, until one has this step.</summary>
    public Task<JsonNode> ReceiveAsync(string step) => ReceiveAsync(envelope => envelope["protocolStep"]!.GetValue<string>() == step);

    /// <summary>Receives messages, and deletes them, until one is wanted.</summary>
    public async Task<JsonNode> ReceiveAsync(Func<JsonNode, bool> isWanted)
    {
        for (var attempt = 0; attempt < 900; attempt++)
        {
            foreach (var envelope in await ReceiveAllAsync())
            {
                if (isWanted(envelope))
                {
                    return envelope;
                }
            }
        }

        throw new InvalidOperationException("The message that was waited for did not come.");
    }

    private async Task<List<JsonNode>> ReceiveAllAsync()
    {
        var url = host.Embedded.Outputs[queueOutput];
        var answer = await client.CallAsync(
            "sqs",
            "AmazonSQS.ReceiveMessage",
            new JsonObject
            {
                ["QueueUrl"] = url,
                ["WaitTimeSeconds"] = 1,
                ["MaxNumberOfMessages"] = 1,
            }
        );
        var envelopes = new List<JsonNode>();
        foreach (var message in answer.Require(200).Body?["Messages"]?.AsArray() ?? [])
        {
            envelopes.Add(JsonNode.Parse(message!["Body"]!.GetValue<string>())!);
            await client.CallAsync(
                "sqs",
                "AmazonSQS.DeleteMessage",
                new JsonObject { ["QueueUrl"] = url, ["ReceiptHandle"] = message["ReceiptHandle"]!.GetValue<string>() }
            );
        }

        return envelopes;
    }
}
