using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Queue;

/// <summary>What the store could not attribute, as an operator finds it.</summary>
internal sealed class DeadLetters(TestHost host)
{
    private readonly SignedAwsClient root = SignedAwsClient.OfRoot(host);

    /// <summary>Receives letters until one is wanted; all stay in the queue.</summary>
    public async Task<JsonNode> FindAsync(Func<JsonNode, bool> isWanted)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            var answer = await root.CallAsync(
                "sqs",
                "AmazonSQS.ReceiveMessage",
                new JsonObject
                {
                    ["QueueUrl"] = host.Embedded.Outputs["ProtocolDeadLetterQueueUrl"],
                    ["WaitTimeSeconds"] = 1,
                    ["MaxNumberOfMessages"] = 10,
                    ["VisibilityTimeout"] = 1,
                }
            );
            var letters = (answer.Require(200).Body?["Messages"]?.AsArray() ?? []).Select(message =>
                JsonNode.Parse(message!["Body"]!.GetValue<string>())!
            );
            if (letters.FirstOrDefault(isWanted) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException("The letter that was waited for did not come.");
    }
}
