using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Persistence;

/// <summary>A message as a consumer gets it.</summary>
internal sealed record Received(string? Group, string Body, string Handle);

/// <summary>Receives and deletes.</summary>
internal static class Messages
{
    public static async Task<List<Received>> ReceiveAsync(HostProcess host, string queue, int? visibility = null)
    {
        var input = new JsonObject
        {
            ["QueueUrl"] = host.QueueUrl(queue),
            ["MaxNumberOfMessages"] = 10,
            ["MessageSystemAttributeNames"] = new JsonArray("All"),
        };
        if (visibility is { } seconds)
        {
            input["VisibilityTimeout"] = seconds;
        }

        var answer = await host.CallAsync("sqs", "ReceiveMessage", input);
        return
        [
            .. (answer["Messages"] as JsonArray ?? []).Select(message => new Received(
                message!["Attributes"]?["MessageGroupId"]?.ToString(),
                message["Body"]!.ToString(),
                message["ReceiptHandle"]!.ToString()
            )),
        ];
    }

    public static Task DeleteAsync(HostProcess host, string queue, Received message) =>
        host.CallAsync("sqs", "DeleteMessage", new() { ["QueueUrl"] = host.QueueUrl(queue), ["ReceiptHandle"] = message.Handle });

    /// <summary>Takes what the queue gives until it gives no more.</summary>
    public static async Task<List<Received>> DrainAsync(HostProcess host, string queue)
    {
        var messages = new List<Received>();
        while (await ReceiveAsync(host, queue) is { Count: > 0 } batch)
        {
            messages.AddRange(batch);
            await host.CallAsync(
                "sqs",
                "DeleteMessageBatch",
                new()
                {
                    ["QueueUrl"] = host.QueueUrl(queue),
                    ["Entries"] = new JsonArray([
                        .. batch.Select((message, index) => new JsonObject { ["Id"] = $"{index}", ["ReceiptHandle"] = message.Handle }),
                    ]),
                }
            );
        }

        return messages;
    }
}
