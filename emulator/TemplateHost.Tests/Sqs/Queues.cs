using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Sqs;

/// <summary>Uses queues of a host.</summary>
internal sealed class Queues(TestHost host)
{
    public async Task<string> CreateAsync(string name, params (string Name, string Value)[] attributes)
    {
        var given = new JsonObject(attributes.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value)));
        var created = await host.CallAsync("sqs", "CreateQueue", new JsonObject { ["QueueName"] = name, ["Attributes"] = given });
        return created["QueueUrl"]!.GetValue<string>();
    }

    public Task<JsonObject> SendAsync(string queue, string body, string? group = null, string? deduplication = null)
    {
        var request = new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = body };
        if (group is not null)
        {
            request["MessageGroupId"] = group;
        }

        if (deduplication is not null)
        {
            request["MessageDeduplicationId"] = deduplication;
        }

        return host.CallAsync("sqs", "SendMessage", request);
    }

    public async Task<List<JsonObject>> ReceiveAsync(string queue, int count = 10, int wait = 0)
    {
        var answer = await host.CallAsync(
            "sqs",
            "ReceiveMessage",
            new JsonObject
            {
                ["QueueUrl"] = queue,
                ["MaxNumberOfMessages"] = count,
                ["WaitTimeSeconds"] = wait,
                ["AttributeNames"] = new JsonArray("All"),
            }
        );
        return [.. (answer["Messages"] as JsonArray ?? []).Select(node => node!.DeepClone().AsObject())];
    }

    public async Task<List<string>> BodiesAsync(string queue, int count = 10) =>
        [.. (await ReceiveAsync(queue, count)).Select(message => message["Body"]!.GetValue<string>())];

    public Task DeleteAsync(string queue, JsonObject message) =>
        host.CallAsync(
            "sqs",
            "DeleteMessage",
            new JsonObject { ["QueueUrl"] = queue, ["ReceiptHandle"] = message["ReceiptHandle"]!.GetValue<string>() }
        );
}
