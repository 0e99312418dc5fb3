using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Sqs.Model;
using TemplateHost.Sqs.Storage;

namespace TemplateHost.Sqs;

/// <summary>Finds the queue that a request names, and decides whether the caller may do there what it asks.</summary>
internal sealed partial class QueueDirectory(HostContext host)
{
    public string UrlOf(string name) => $"{host.Addresses.Aws}/{host.AccountId}/{name}";

    public string ArnOf(string name) => host.Arn("sqs", name);

    public static string NameOf(string url) => url[(url.LastIndexOf('/') + 1)..];

    public Queue Demand(JsonCall call)
    {
        var url = call.Input["QueueUrl"]?.GetValue<string>() ?? throw SqsErrors.Missing("QueueUrl");
        return Demand(call.Caller, NameOf(url), call.Right);
    }

    public Queue Demand(Caller caller, string name, string action)
    {
        var queue = host.Store.Read(session => QueueTable.Find(session, name));
        host.Authorizer.Demand(caller, action, ArnOf(name), queue?.Policy);
        return queue ?? throw SqsErrors.NoSuchQueue();
    }

    /// <summary>Counts a request; SQS bills each 64 KiB of its payload as one.</summary>
    public void Count(Queue queue, int bytes = 0) =>
        host.Meter.Add(queue.IsFifo ? "sqs.fifoRequest" : "sqs.standardRequest", Math.Max(1, (bytes + 65_535) / 65_536));

    public static JsonArray Entries(JsonObject input)
    {
        var entries = input["Entries"] as JsonArray ?? [];
        if (entries.Count == 0)
        {
            throw new AwsException("EmptyBatchRequest", "There should be at least one entry in the request.");
        }

        if (entries.Count > 10)
        {
            throw new AwsException(
                "TooManyEntriesInBatchRequest",
                $"Maximum number of entries per request are 10. You have sent {entries.Count}."
            );
        }

        if (entries.Select(entry => entry?["Id"]?.ToString() ?? "").FirstOrDefault(id => !Ids().IsMatch(id)) is not null)
        {
            throw new AwsException(
                "InvalidBatchEntryId",
                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
            );
        }

        return entries.Select(entry => entry?["Id"]?.ToString()).Distinct().Count() == entries.Count
            ? entries
            : throw new AwsException("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
    }

    /// <summary>Runs each entry of a batch by itself and gathers what succeeded and what failed.</summary>
    public static async Task<JsonObject> EachAsync(JsonObject input, Func<JsonObject, Task<JsonObject>> run)
    {
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in Entries(input).Select(node => node!.AsObject()))
        {
            try
            {
                var result = await run(entry);
                result["Id"] = entry["Id"]?.DeepClone();
                successful.Add(result);
            }
            catch (AwsException refusal)
            {
                failed.Add(
                    new JsonObject
                    {
                        ["Id"] = entry["Id"]?.DeepClone(),
                        ["SenderFault"] = refusal.Status < 500,
                        ["Code"] = SqsErrors.QueryCode(refusal.Code),
                        ["Message"] = refusal.Message,
                    }
                );
            }
        }

        return new JsonObject { ["Successful"] = successful, ["Failed"] = failed };
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex Ids();
}
