using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Runtime;

namespace TemplateHost.Lambda.EventSources;

/// <summary>
/// One round of a stream mapping. Records are handled in order: a batch that fails is tried again, split where the mapping
/// says so, and nothing behind it is handled before it succeeded or was given up. Records that the mapping's filter does not pass are
/// skipped; a batch without others invokes nothing.
/// </summary>
internal sealed class StreamBatch(HostContext host, FunctionInvoker invoker, EventSourceMapping mapping) : IEventSource
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly StreamCursor cursor = new(host, mapping);
    private readonly RecordFilter filter = new(mapping.Stream!.Patterns);

    public Task PrepareAsync(CancellationToken cancellationToken) => cursor.PrepareAsync(CallerOf(Function()), cancellationToken);

    public async Task HandleNextAsync(CancellationToken cancellationToken)
    {
        var function = Function();
        var records = await cursor.ReadAsync(CallerOf(function), mapping.BatchSize, cancellationToken);
        if (records.Count == 0)
        {
            await host.StreamPause(cancellationToken);
            return;
        }

        if (Window > TimeSpan.Zero && records.Count < mapping.BatchSize && records.Exists(record => filter.Passes(Record(record))))
        {
            await Task.Delay(Window, host.Time, cancellationToken);
            records = await cursor.ReadAsync(CallerOf(function), mapping.BatchSize, cancellationToken);
        }

        var passed = records.FindAll(record => filter.Passes(Record(record)));
        await HandleAsync(function, passed, cancellationToken);
        if (passed.Count == 0 || passed[^1] != records[^1])
        {
            await cursor.MoveToAsync(records[^1]);
        }
    }

    private async Task HandleAsync(FunctionConfiguration function, List<JsonObject> records, CancellationToken cancellationToken)
    {
        for (var attempts = 0; records.Count > 0; attempts++)
        {
            var result = await InvokeAsync(function, records, cancellationToken);
            var left = Unhandled(result, records);
            if (left.Count < records.Count)
            {
                await cursor.MoveToAsync(records[^(left.Count + 1)]);
                records = left;
                continue;
            }

            if (mapping.Stream!.Bisects && records.Count > 1)
            {
                await HandleAsync(function, records[..(records.Count / 2)], cancellationToken);
                await HandleAsync(function, records[(records.Count / 2)..], cancellationToken);
                return;
            }

            if (attempts >= (mapping.Stream.MaximumRetryAttempts ?? int.MaxValue) || IsTooOld(records[0]))
            {
                await GiveUpAsync(function, records, cancellationToken);
                return;
            }

            await Task.Delay(PauseAfter(attempts), host.Time, cancellationToken);
        }
    }

    private TimeSpan Window =>
        mapping.Stream!.BatchingWindow < host.LongestBatchingWindow ? mapping.Stream.BatchingWindow : host.LongestBatchingWindow;

    private Task<InvocationResult> InvokeAsync(
        FunctionConfiguration function,
        List<JsonObject> records,
        CancellationToken cancellationToken
    )
    {
        var payload = new JsonObject { ["Records"] = new JsonArray([.. records.Select(Record)]) };
        host.Measure("AWS/Lambda", "IteratorAge", AgeOf(records[^1]).TotalMilliseconds, "Milliseconds", ("FunctionName", function.Name));
        return invoker.InvokeAsync(function, host.Random.Uuid(), JsonSerializer.SerializeToUtf8Bytes(payload), cancellationToken);
    }

    private JsonObject Record(JsonObject record)
    {
        var shown = record.DeepClone().AsObject();
        shown["eventSourceARN"] = mapping.EventSourceArn;
        if (record["userIdentity"] is JsonObject identity)
        {
            // The stream's own API writes these names in capitals, Lambda's events do not.
            shown["userIdentity"] = new JsonObject
            {
                ["type"] = identity["Type"]?.DeepClone(),
                ["principalId"] = identity["PrincipalId"]?.DeepClone(),
            };
        }

        return shown;
    }

    /// <summary>
    /// From the first record that was not handled on: all of a batch that failed, or from the lowest that the answer names.
    /// </summary>
    private List<JsonObject> Unhandled(InvocationResult result, List<JsonObject> records)
    {
        if (result.Failed || !mapping.ReportsItemFailures)
        {
            return result.Failed ? records : [];
        }

        try
        {
            var failures = (JsonNode.Parse(result.Payload.Span) as JsonObject)?["batchItemFailures"] as JsonArray ?? [];
            var named = failures.Select(failure => failure?["itemIdentifier"]?.GetValue<string>()).ToHashSet();
            var first = records.FindIndex(record => named.Contains(record["dynamodb"]!["SequenceNumber"]!.GetValue<string>()));
            return named.Count == 0 ? []
                : first < 0 ? records
                : records[first..];
        }
        catch (JsonException)
        {
            return records;
        }
    }

    private bool IsTooOld(JsonObject record) => mapping.Stream!.MaximumRecordAge is { } age && AgeOf(record) > age;

    private TimeSpan AgeOf(JsonObject record) =>
        host.Time.GetUtcNow()
        - DateTimeOffset.FromUnixTimeSeconds((long)record["dynamodb"]!["ApproximateCreationDateTime"]!.GetValue<double>());

    /// <summary>Leaves the records behind, and says which they were where the mapping names a queue for that.</summary>
    private async Task GiveUpAsync(FunctionConfiguration function, List<JsonObject> records, CancellationToken cancellationToken)
    {
        if (mapping.Stream!.FailureQueueArn is { } arn)
        {
            var url = $"{host.Addresses.Aws}/{host.AccountId}/{arn[(arn.LastIndexOf(':') + 1)..]}";
            var message = new JsonObject
            {
                ["QueueUrl"] = url,
                ["MessageBody"] = FailureReport.Of(function, mapping, records, host.Time.GetUtcNow()).ToJsonString(),
            };
            await host.Services.CallAsync(CallerOf(function), "sqs", "SendMessage", message, cancellationToken);
        }

        await cursor.MoveToAsync(records[^1]);
    }

    private FunctionConfiguration Function() =>
        invoker.Find(mapping.FunctionName) ?? throw new InvalidOperationException($"The function {mapping.FunctionName} does not exist.");

    private Caller CallerOf(FunctionConfiguration function) => host.Roles.CallerFor(function.RoleArn, function.Name);

    private static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 10)));
        return pause < LongestPause ? pause : LongestPause;
    }
}
