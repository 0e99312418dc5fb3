using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;

namespace TemplateHost.Tests.Contract;

/// <summary>What the contracts of queues do again and again.</summary>
internal static class QueueCalls
{
    /// <param name="target">What is tried.</param>
    /// <param name="name">The queue's name; FIFO where it ends so.</param>
    /// <param name="attributes">Members of Attributes as JSON.</param>
    /// <returns>The queue's URL.</returns>
    public static async Task<string> CreateQueueAsync(this IContractTarget target, string name, string attributes = "")
    {
        var fifo = name.EndsWith(".fifo", StringComparison.Ordinal) ? "\"FifoQueue\":\"true\"" : "";
        var all = string.Join(',', new[] { fifo, attributes }.Where(part => part.Length > 0));
        return (await target.CallAsync("sqs", "CreateQueue", $$"""{"QueueName":"{{name}}","Attributes":{ {{all}} } }""")).Text("QueueUrl");
    }

    public static async Task<string> QueueArnAsync(this IContractTarget target, string url) =>
        (await target.QueueAttributesAsync(url))["QueueArn"]!.ToString();

    public static async Task<JsonObject> QueueAttributesAsync(this IContractTarget target, string url) =>
        (await target.CallAsync("sqs", "GetQueueAttributes", $$"""{"QueueUrl":"{{url}}","AttributeNames":["All"]}"""))[
            "Attributes"
        ]!.AsObject();

    /// <param name="target">What is tried.</param>
    /// <param name="url">The queue's URL.</param>
    /// <param name="body">The message's body.</param>
    /// <param name="more">Further members as JSON.</param>
    public static Task<ContractAnswer> SendMessageAsync(this IContractTarget target, string url, string body, string more = "") =>
        target.CallAsync(
            "sqs",
            "SendMessage",
            $$"""{"QueueUrl":"{{url}}","MessageBody":{{JsonValue.Create(body).ToJsonString()}}{{(more.Length > 0 ? "," + more : "")}} }"""
        );

    /// <summary>Receives up to ten messages with all their attributes.</summary>
    public static async Task<List<JsonNode>> ReceiveMessagesAsync(
        this IContractTarget target,
        string url,
        string more = "\"WaitTimeSeconds\":0"
    )
    {
        var answer = await target.CallAsync(
            "sqs",
            "ReceiveMessage",
            $$"""{"QueueUrl":"{{url}}","MaxNumberOfMessages":10,"AttributeNames":["All"],"MessageAttributeNames":["All"],{{more}} }"""
        );
        return [.. (answer["Messages"] as JsonArray ?? []).Select(message => message!)];
    }

    public static async Task<List<string>> ReceiveBodiesAsync(
        this IContractTarget target,
        string url,
        string more = "\"WaitTimeSeconds\":0"
    ) => (await target.ReceiveMessagesAsync(url, more)).ConvertAll(message => message["Body"]!.ToString());

    public static Task<ContractAnswer> DeleteMessageAsync(this IContractTarget target, string url, JsonNode message) =>
        target.CallAsync("sqs", "DeleteMessage", $$"""{"QueueUrl":"{{url}}","ReceiptHandle":"{{message["ReceiptHandle"]}}"}""");
}
