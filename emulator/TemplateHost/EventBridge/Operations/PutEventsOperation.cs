using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.EventBridge.Delivery;
using TemplateHost.EventBridge.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kernel.EventPatterns;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.Storage;

namespace TemplateHost.EventBridge.Operations;

/// <summary>PutEvents: an accepted event is matched and its deliveries are in the store before the answer.</summary>
internal sealed class PutEventsOperation(HostContext host, DeliveryWorker worker)
{
    private const int MostEntries = 10;

    /// <summary>What was parsed once; there are no more of them than rules ever had.</summary>
    private readonly ConcurrentDictionary<string, EventPattern> patterns = new();

    private const int LargestRequest = 256 * 1024;

    public async Task<JsonObject> PutAsync(JsonCall call)
    {
        var entries = (call.Input["Entries"] as JsonArray ?? []).Select(node => node!.AsObject()).ToList();
        Check(entries);
        foreach (var bus in entries.Select(BusNames.Of).Distinct())
        {
            host.Authorizer.Demand(call.Caller, call.Right, host.Arn("events", $"event-bus/{bus}"));
        }

        var results = new JsonArray();
        foreach (var entry in entries)
        {
            results.Add(await AcceptAsync(entry));
        }

        host.Meter.Add("eventBridge.event", entries.Sum(entry => Math.Max(1, (SizeOf(entry) + 65_535) / 65_536)));
        return new JsonObject { ["FailedEntryCount"] = results.Count(result => result!["ErrorCode"] is not null), ["Entries"] = results };
    }

    private async Task<JsonObject> AcceptAsync(JsonObject entry)
    {
        if (FaultOf(entry) is var (code, message))
        {
            return new JsonObject { ["ErrorCode"] = code, ["ErrorMessage"] = message };
        }

        var @event = EventOf(entry);
        // As AWS does for a bus that is not there: the event is accepted, and matches nothing.
        var deliveries = await host.Store.WriteAsync(session => Match(session, BusNames.Of(entry), @event));
        deliveries.ForEach(worker.Enqueue);
        return new JsonObject { ["EventId"] = @event["id"]!.DeepClone() };
    }

    private List<PendingDelivery> Match(StoreSession session, string bus, JsonObject @event)
    {
        var now = host.Time.GetUtcNow();
        return
        [
            .. EventTables
                .Rules(session, bus)
                .Where(rule =>
                    rule.Enabled && rule.Pattern.Length > 0 && patterns.GetOrAdd(rule.Pattern, EventPattern.Parse).Matches(@event)
                )
                .SelectMany(rule =>
                    rule.Targets.Select(target => DeliveryTable.Add(session, rule.Arn, target, TargetMessage.Of(target, @event, rule), now))
                ),
        ];
    }

    private JsonObject EventOf(JsonObject entry) =>
        new()
        {
            ["version"] = "0",
            ["id"] = host.Random.Uuid(),
            ["detail-type"] = entry["DetailType"]!.DeepClone(),
            ["source"] = entry["Source"]!.DeepClone(),
            ["account"] = host.AccountId,
            ["time"] = TimeOf(entry).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["region"] = host.Region,
            ["resources"] = entry["Resources"]?.DeepClone() ?? new JsonArray(),
            ["detail"] = JsonText.Parse(entry["Detail"]!.GetValue<string>()),
        };

    private DateTime TimeOf(JsonObject entry) =>
        entry["Time"]?.GetValueKind() switch
        {
            JsonValueKind.Number => DateTimeOffset.FromUnixTimeSeconds((long)entry["Time"]!.GetValue<double>()).UtcDateTime,
            JsonValueKind.String => DateTimeOffset.Parse(entry["Time"]!.GetValue<string>(), CultureInfo.InvariantCulture).UtcDateTime,
            _ => host.Time.GetUtcNow().UtcDateTime,
        };

    private static void Check(List<JsonObject> entries)
    {
        if (entries.Count is 0 or > MostEntries)
        {
            throw new AwsException(
                "ValidationException",
                "1 validation error detected: Value '[PutEventsRequestEntry]' at 'entries' failed to satisfy constraint: "
                    + $"Member must have length less than or equal to {MostEntries} and at least 1"
            );
        }

        if (entries.Sum(SizeOf) > LargestRequest)
        {
            throw new AwsException("ValidationException", "Total size of the entries in the request is over the limit.");
        }
    }

    private static (string Code, string Message)? FaultOf(JsonObject entry)
    {
        foreach (var name in new[] { "Source", "DetailType", "Detail" })
        {
            if (string.IsNullOrEmpty(entry[name]?.GetValue<string>()))
            {
                return ("InvalidArgument", $"Parameter {name} is not valid. Reason: {name} is a required argument.");
            }
        }

        return IsObject(entry["Detail"]!.GetValue<string>()) ? null : ("MalformedDetail", "Detail is malformed.");
    }

    private static bool IsObject(string text)
    {
        try
        {
            return JsonText.Parse(text) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static int SizeOf(JsonObject entry) =>
        (entry.ContainsKey("Time") ? 14 : 0)
        + new[] { "Source", "DetailType", "Detail" }.Sum(name => Encoding.UTF8.GetByteCount(entry[name]?.ToString() ?? ""))
        + (entry["Resources"] as JsonArray ?? []).Sum(resource => Encoding.UTF8.GetByteCount(resource?.ToString() ?? ""));
}

/// <summary>The bus that a request names: by name, by ARN, or the default one.</summary>
internal static class BusNames
{
    /// <summary>Lists of buses, rules and targets.</summary>
    public static Paging Pages { get; } = new("Limit", "NextToken", "NextToken", 100, "ValidationException", "ValidationException");

    public static string Of(JsonObject input) => Of(input["EventBusName"]?.GetValue<string>());

    public static string Of(string? reference) => reference is null ? "default" : reference[(reference.LastIndexOf('/') + 1)..];
}
