using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Runtime;

namespace TemplateHost.Lambda.EventSources;

/// <summary>
/// One round of a queue mapping: receive, invoke, delete what was handled. What was not comes back when its visibility ends.
/// </summary>
internal sealed class QueueBatch(HostContext host, FunctionInvoker invoker, EventSourceMapping mapping) : IEventSource
{
    private const int WaitSeconds = 20;

    /// <summary>
    /// Lambda looks at the queue before it polls, which is why a function's role must be allowed to (Lambda developer guide, SQS
    /// permissions).
    /// </summary>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        var function =
            invoker.Find(mapping.FunctionName)
            ?? throw new InvalidOperationException($"The function {mapping.FunctionName} does not exist.");
        return CallAsync(
            function,
            "GetQueueAttributes",
            new JsonObject { ["AttributeNames"] = new JsonArray("VisibilityTimeout") },
            cancellationToken
        );
    }

    public async Task HandleNextAsync(CancellationToken cancellationToken)
    {
        var function =
            invoker.Find(mapping.FunctionName)
            ?? throw new InvalidOperationException($"The function {mapping.FunctionName} does not exist.");
        var received = await CallAsync(
            function,
            "ReceiveMessage",
            new JsonObject
            {
                ["MaxNumberOfMessages"] = Math.Min(10, mapping.BatchSize),
                ["WaitTimeSeconds"] = WaitSeconds,
                ["AttributeNames"] = new JsonArray("All"),
                ["MessageAttributeNames"] = new JsonArray("All"),
            },
            cancellationToken
        );
        var messages = (received["Messages"] as JsonArray ?? []).Select(node => node!.AsObject()).ToList();
        if (messages.Count == 0)
        {
            return;
        }

        var payload = new JsonObject { ["Records"] = new JsonArray([.. messages.Select(Record)]) };
        var result = await invoker.InvokeAsync(
            function,
            host.Random.Uuid(),
            JsonSerializer.SerializeToUtf8Bytes(payload),
            cancellationToken
        );
        var handled = messages.Where(message => !FailuresOf(result, messages).Contains(message["MessageId"]!.GetValue<string>())).ToList();
        if (handled.Count > 0)
        {
            await DeleteAsync(function, handled, cancellationToken);
        }
    }

    private Task<JsonObject> DeleteAsync(FunctionConfiguration function, List<JsonObject> handled, CancellationToken cancellationToken) =>
        CallAsync(
            function,
            "DeleteMessageBatch",
            new JsonObject
            {
                ["Entries"] = new JsonArray([
                    .. handled.Select(
                        (message, index) =>
                            new JsonObject
                            {
                                ["Id"] = index.ToString(System.Globalization.CultureInfo.InvariantCulture),
                                ["ReceiptHandle"] = message["ReceiptHandle"]!.GetValue<string>(),
                            }
                    ),
                ]),
            },
            cancellationToken
        );

    private Task<JsonObject> CallAsync(
        FunctionConfiguration function,
        string operation,
        JsonObject input,
        CancellationToken cancellationToken
    )
    {
        input["QueueUrl"] = $"{host.Addresses.Aws}/{host.AccountId}/{mapping.QueueName}";
        // Lambda polls in the name of the function's role.
        var caller = host.Roles.CallerFor(function.RoleArn, function.Name) with
        {
            IsPoller = true,
        };
        return host.Services.CallAsync(caller, "sqs", operation, input, cancellationToken);
    }

    private JsonObject Record(JsonObject message)
    {
        var attributes = (message["MessageAttributes"] as JsonObject ?? []).Select(pair =>
            KeyValuePair.Create(pair.Key, (JsonNode?)Attribute(pair.Value!.AsObject()))
        );
        return new JsonObject
        {
            ["messageId"] = message["MessageId"]!.DeepClone(),
            ["receiptHandle"] = message["ReceiptHandle"]!.DeepClone(),
            ["body"] = message["Body"]!.DeepClone(),
            ["attributes"] = message["Attributes"]?.DeepClone(),
            ["messageAttributes"] = new JsonObject(attributes),
            ["md5OfBody"] = message["MD5OfBody"]!.DeepClone(),
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = mapping.EventSourceArn,
            ["awsRegion"] = host.Region,
        };
    }

    private static JsonObject Attribute(JsonObject attribute)
    {
        var record = new JsonObject(
            attribute.Select(part => KeyValuePair.Create(char.ToLowerInvariant(part.Key[0]) + part.Key[1..], part.Value?.DeepClone()))
        );
        (record["stringListValues"], record["binaryListValues"]) = (new JsonArray(), new JsonArray());
        return record;
    }

    /// <summary>
    /// The messages that were not handled: all of a batch that failed or whose answer names an unknown message, else those that it names.
    /// </summary>
    private HashSet<string> FailuresOf(InvocationResult result, List<JsonObject> messages)
    {
        var all = messages.Select(message => message["MessageId"]!.GetValue<string>()).ToHashSet();
        if (result.Failed || !mapping.ReportsItemFailures)
        {
            return result.Failed ? all : [];
        }

        try
        {
            var failures = (JsonNode.Parse(result.Payload.Span) as JsonObject)?["batchItemFailures"] as JsonArray ?? [];
            var named = failures.Select(failure => failure?["itemIdentifier"]?.GetValue<string>() ?? "").ToHashSet();
            return named.IsSubsetOf(all) ? named : all;
        }
        catch (JsonException)
        {
            return all;
        }
    }
}
