using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Model;
using TemplateHost.Sqs.Storage;
using TemplateHost.Storage;

namespace TemplateHost.Sqs.Operations;

/// <summary>
/// CreateQueue, DeleteQueue, GetQueueUrl, ListQueues, ListDeadLetterSourceQueues, GetQueueAttributes, SetQueueAttributes, PurgeQueue.
/// </summary>
internal sealed partial class QueueOperations(HostContext host, QueueDirectory queues, QueueSignals signals)
{
    private const int LargestPage = 1000;
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromSeconds(60);

    /// <summary>Creates a queue; repeated with the same attributes, it answers with the existing one.</summary>
    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var name = call.Input["QueueName"]?.GetValue<string>() ?? throw SqsErrors.Missing("QueueName");
        host.Authorizer.Demand(call.Caller, call.Right, queues.ArnOf(name));
        var attributes = AttributesOf(call.Input);
        await ApplyAsync(
            name,
            attributes,
            existing =>
                attributes.All(pair => existing.Set.GetValueOrDefault(pair.Key) == pair.Value)
                    ? existing
                    : throw new AwsException(
                        "QueueNameExists",
                        "A queue already exists with the same name and a different value for at least one attribute."
                    )
        );
        return new JsonObject { ["QueueUrl"] = queues.UrlOf(name) };
    }

    /// <summary>Creates the queue, or lets <paramref name="change"/> say what becomes of the existing one.</summary>
    public Task<Queue> ApplyAsync(string name, IReadOnlyDictionary<string, string> attributes, Func<Queue, Queue> change)
    {
        var fifo = attributes.GetValueOrDefault("FifoQueue") == "true";
        if (!Names().IsMatch(name) || fifo != name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw SqsErrors.InvalidParameter(
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with "
                    + ".fifo suffix and be 1 to 80 in length."
            );
        }

        var now = host.Time.GetUtcNow();
        return host.Store.WriteAsync(session =>
        {
            DemandTarget(session, attributes, fifo, queues.ArnOf(name));
            var queue = QueueTable.Find(session, name) is { } existing
                ? change(existing)
                : new Queue(name, queues.ArnOf(name), attributes, now, now);
            QueueTable.Put(session, queue);
            return queue;
        });
    }

    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var queue = queues.Demand(call);
        await host.Store.WriteAsync(session => QueueTable.Delete(session, queue.Name));
        return [];
    }

    public Task<JsonObject> GetUrlAsync(JsonCall call)
    {
        var name = call.Input["QueueName"]?.GetValue<string>() ?? throw SqsErrors.Missing("QueueName");
        if (call.Input["QueueOwnerAWSAccountId"]?.ToString() is { } owner && owner != host.AccountId)
        {
            throw SqsErrors.NoSuchQueue();
        }

        queues.Demand(call.Caller, name, call.Right);
        return Task.FromResult(new JsonObject { ["QueueUrl"] = queues.UrlOf(name) });
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        var found = host.Store.Read(session => QueueTable.List(session, call.Input["QueueNamePrefix"]?.GetValue<string>() ?? ""));
        return Task.FromResult(Urls("QueueUrls", found, call.Input));
    }

    public Task<JsonObject> ListSourcesAsync(JsonCall call)
    {
        var queue = queues.Demand(call);
        return Task.FromResult(Urls("queueUrls", host.Store.Read(session => QueueTable.SourcesOf(session, queue.Arn)), call.Input));
    }

    public Task<JsonObject> GetAttributesAsync(JsonCall call)
    {
        var queue = queues.Demand(call);
        queues.Count(queue);
        var wanted = (call.Input["AttributeNames"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).ToHashSet();
        var counts = host.Store.Read(session => MessageTable.Count(session, queue.Name, host.Time.GetUtcNow()));
        var report = AttributeReport.Of(queue, counts);
        if (wanted.FirstOrDefault(name => name != "All" && !report.ContainsKey(name) && !QueueAttributes.Has(name)) is { } unknown)
        {
            throw QueueAttributes.Unknown(unknown);
        }

        var shown = report.Where(pair => wanted.Contains("All") || wanted.Contains(pair.Key));
        var attributes = new JsonObject(shown.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return Task.FromResult(attributes.Count == 0 ? [] : new JsonObject { ["Attributes"] = attributes });
    }

    public async Task<JsonObject> SetAttributesAsync(JsonCall call)
    {
        var queue = queues.Demand(call);
        var changes = AttributesOf(call.Input);
        if (changes.TryGetValue("FifoQueue", out var fifo) && fifo != (queue.IsFifo ? "true" : "false"))
        {
            throw QueueAttributes.Unknown("FifoQueue");
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
        var queue = queues.Demand(call);
        var now = host.Time.GetUtcNow();
        await host.Store.WriteAsync(session =>
        {
            if (QueueTable.PurgedAt(session, queue.Name) > now - PurgeInterval)
            {
                throw new AwsException(
                    "PurgeQueueInProgress",
                    $"Only one PurgeQueue operation on {queue.Name} is allowed every 60 seconds.",
                    403
                );
            }

            QueueTable.Purge(session, queue.Name, now);
            return true;
        });
        return [];
    }

    /// <summary>Pages only where MaxResults asks for it, as SQS does; the token is the last name of a page.</summary>
    private JsonObject Urls(string member, List<Queue> found, JsonObject input)
    {
        var limit = ReceiveRequest.Bounded(input, "MaxResults", 1, LargestPage);
        var after = input["NextToken"]?.GetValue<string>() ?? "";
        var page = found.Where(queue => string.CompareOrdinal(queue.Name, after) > 0).Take((limit ?? LargestPage) + 1).ToList();
        var shown = page.Take(limit ?? LargestPage).ToList();
        var answer = new JsonObject { [member] = new JsonArray([.. shown.Select(queue => (JsonNode)queues.UrlOf(queue.Name))]) };
        if (limit is not null && page.Count > shown.Count)
        {
            answer["NextToken"] = shown[^1].Name;
        }

        return answer;
    }

    /// <summary>A dead-letter queue must be there, and of the kind of the queue whose messages it takes.</summary>
    private static void DemandTarget(StoreSession session, IReadOnlyDictionary<string, string> attributes, bool fifo, string sourceArn)
    {
        if (attributes.GetValueOrDefault("RedrivePolicy") is not { Length: > 0 } policy || Redrive.Of(policy) is not { } redrive)
        {
            return;
        }

        if (QueueTable.Find(session, redrive.TargetName) is not { } target)
        {
            throw QueueAttributes.BadRedrive(policy, "Dead letter target does not exist.");
        }

        if (target.IsFifo != fifo)
        {
            throw QueueAttributes.BadRedrive(policy, "Dead-letter queue must be same type of queue as the source.");
        }

        if (!target.TakesFrom(sourceArn))
        {
            throw QueueAttributes.BadRedrive(policy, "The RedriveAllowPolicy of the dead letter target does not allow this source.");
        }
    }

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
