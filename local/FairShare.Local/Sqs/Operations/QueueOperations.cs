using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;
using FairShare.Local.Sqs.Model;
using FairShare.Local.Sqs.Storage;

namespace FairShare.Local.Sqs.Operations;

/// <summary>CreateQueue, DeleteQueue, GetQueueUrl, ListQueues, ListDeadLetterSourceQueues, GetQueueAttributes, SetQueueAttributes, PurgeQueue.</summary>
internal sealed partial class QueueOperations(HostContext host, QueueDirectory queues, QueueSignals signals)
{
    /// <summary>Creates a queue; repeated with the same attributes, it answers with the existing one.</summary>
    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var name = call.Input["QueueName"]?.GetValue<string>() ?? throw SqsErrors.Missing("QueueName");
        host.Authorizer.Demand(call.Caller, "sqs:CreateQueue", queues.ArnOf(name));
        var attributes = AttributesOf(call.Input);
        await ApplyAsync(name, attributes, existing => attributes.All(pair => existing.Set.GetValueOrDefault(pair.Key) == pair.Value)
            ? existing
            : throw new AwsException("QueueNameExists", "A queue already exists with the same name and a different value for at least one attribute."));
        return new JsonObject { ["QueueUrl"] = queues.UrlOf(name) };
    }

    /// <summary>Creates the queue, or lets <paramref name="change"/> say what becomes of the existing one.</summary>
    public Task<Queue> ApplyAsync(string name, IReadOnlyDictionary<string, string> attributes, Func<Queue, Queue> change)
    {
        var fifo = attributes.GetValueOrDefault("FifoQueue") == "true";
        if (!Names().IsMatch(name) || fifo != name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw SqsErrors.InvalidParameter(
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }

        var now = host.Time.GetUtcNow();
        return host.Store.WriteAsync(session =>
        {
            var queue = QueueTable.Find(session, name) is { } existing ? change(existing) : new Queue(name, queues.ArnOf(name), attributes, now, now);
            QueueTable.Put(session, queue);
            return queue;
        });
    }

    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var queue = queues.Demand(call, "sqs:DeleteQueue");
        await host.Store.WriteAsync(session => QueueTable.Delete(session, queue.Name));
        return [];
    }

    public Task<JsonObject> GetUrlAsync(JsonCall call)
    {
        var name = call.Input["QueueName"]?.GetValue<string>() ?? throw SqsErrors.Missing("QueueName");
        queues.Demand(call.Caller, name, "sqs:GetQueueUrl");
        return Task.FromResult(new JsonObject { ["QueueUrl"] = queues.UrlOf(name) });
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, "sqs:ListQueues", "*");
        var found = host.Store.Read(session => QueueTable.List(session, call.Input["QueueNamePrefix"]?.GetValue<string>() ?? ""));
        return Task.FromResult(Urls("QueueUrls", found));
    }

    public Task<JsonObject> ListSourcesAsync(JsonCall call)
    {
        var queue = queues.Demand(call, "sqs:ListDeadLetterSourceQueues");
        return Task.FromResult(Urls("queueUrls", host.Store.Read(session => QueueTable.SourcesOf(session, queue.Arn))));
    }

    public Task<JsonObject> GetAttributesAsync(JsonCall call)
    {
        var queue = queues.Demand(call, "sqs:GetQueueAttributes");
        queues.Count(queue);
        var wanted = (call.Input["AttributeNames"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).ToHashSet();
        var counts = host.Store.Read(session => MessageTable.Count(session, queue.Name, host.Time.GetUtcNow()));
        var shown = AttributeReport.Of(queue, counts).Where(pair => wanted.Contains("All") || wanted.Contains(pair.Key));
        var attributes = new JsonObject(shown.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return Task.FromResult(attributes.Count == 0 ? [] : new JsonObject { ["Attributes"] = attributes });
    }

    public async Task<JsonObject> SetAttributesAsync(JsonCall call)
    {
        var queue = queues.Demand(call, "sqs:SetQueueAttributes");
        var changes = AttributesOf(call.Input);
        if (changes.TryGetValue("FifoQueue", out var fifo) && fifo != (queue.IsFifo ? "true" : "false"))
        {
            throw new AwsException("InvalidAttributeName", "Unknown Attribute FifoQueue.");
        }

        var merged = new Dictionary<string, string>(queue.Set);
        foreach (var (name, value) in changes)
        {
            merged[name] = value;
        }

        await ApplyAsync(queue.Name, merged, existing => existing with { Set = merged, ModifiedAt = host.Time.GetUtcNow() });
        signals.Raise(queue.Name);
        return [];
    }

    public async Task<JsonObject> PurgeAsync(JsonCall call)
    {
        var queue = queues.Demand(call, "sqs:PurgeQueue");
        await host.Store.WriteAsync(session =>
        {
            MessageTable.DeleteAll(session, queue.Name);
            return true;
        });
        return [];
    }

    private JsonObject Urls(string member, List<Queue> found) =>
        new() { [member] = new JsonArray([.. found.Select(queue => (JsonNode)queues.UrlOf(queue.Name))]) };

    private static Dictionary<string, string> AttributesOf(JsonObject input)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var (name, value) in input["Attributes"] as JsonObject ?? [])
        {
            attributes[name] = value!.GetValue<string>();
            QueueAttributes.Check(name, attributes[name]);
        }

        return attributes;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}(\\.fifo)?$")]
    private static partial Regex Names();
}
