using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.EventSources;

/// <summary>Where a mapping stands in its stream; kept, so that a restart goes on there.</summary>
internal sealed class StreamCursor(HostContext host, EventSourceMapping mapping)
{
    private const int LargestRead = 1000;
    private JsonNode? shard;

    /// <summary>
    /// Learns the stream's shard, of which the host's streams have one. The function's role needs ListStreams too, as at AWS: Lambda
    /// developer guide, "Using AWS Lambda with Amazon DynamoDB", execution role permissions.
    /// </summary>
    public async Task PrepareAsync(Caller caller, CancellationToken cancellationToken)
    {
        await host.Services.CallAsync(caller, "dynamodb", "ListStreams", [], cancellationToken);
        var answer = await host.Services.CallAsync(
            caller,
            "dynamodb",
            "DescribeStream",
            new JsonObject { ["StreamArn"] = mapping.EventSourceArn },
            cancellationToken
        );
        shard = answer["StreamDescription"]!["Shards"]![0]!["ShardId"]!.DeepClone();
    }

    /// <summary>The next records, in order; reads in the name of the function's role.</summary>
    public async Task<List<JsonObject>> ReadAsync(Caller caller, int count, CancellationToken cancellationToken)
    {
        var position =
            host.Store.Read(session => MappingTable.Position(session, mapping.Id)) ?? await StartAsync(caller, cancellationToken);
        return await ReadAsync(caller, position, count, cancellationToken);
    }

    /// <summary>Notes that everything up to the record has been done with.</summary>
    public Task MoveToAsync(JsonObject record) => KeepAsync(record["dynamodb"]!["SequenceNumber"]!.GetValue<string>());

    /// <summary>The place to begin: before the oldest record, or behind the newest.</summary>
    private async Task<string> StartAsync(Caller caller, CancellationToken cancellationToken)
    {
        var position = "";
        while (!mapping.Stream!.FromHorizon && await ReadAsync(caller, position, LargestRead, cancellationToken) is { Count: > 0 } passed)
        {
            position = passed[^1]["dynamodb"]!["SequenceNumber"]!.GetValue<string>();
        }

        await KeepAsync(position);
        return position;
    }

    private Task<bool> KeepAsync(string position) =>
        host.Store.WriteAsync(session => MappingTable.SetPosition(session, mapping.Id, position));

    private async Task<List<JsonObject>> ReadAsync(Caller caller, string position, int count, CancellationToken cancellationToken)
    {
        var iterator = await IteratorAsync(caller, position, cancellationToken);
        var answer = await host.Services.CallAsync(
            caller,
            "dynamodb",
            "GetRecords",
            new JsonObject { ["ShardIterator"] = iterator["ShardIterator"]!.DeepClone(), ["Limit"] = Math.Min(count, LargestRead) },
            cancellationToken
        );
        return [.. answer["Records"]!.AsArray().Select(record => record!.DeepClone().AsObject())];
    }

    private async Task<JsonObject> IteratorAsync(Caller caller, string position, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["StreamArn"] = mapping.EventSourceArn,
            ["ShardId"] = shard!.DeepClone(),
            ["ShardIteratorType"] = position.Length == 0 ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER",
        };
        if (position.Length > 0)
        {
            request["SequenceNumber"] = position;
        }

        try
        {
            return await host.Services.CallAsync(caller, "dynamodb", "GetShardIterator", request, cancellationToken);
        }
        catch (AwsException trimmed) when (trimmed.Code == "TrimmedDataAccessException")
        {
            // Nothing changed for longer than a stream keeps its records: what comes now begins with the oldest there is.
            return await IteratorAsync(caller, position: "", cancellationToken);
        }
    }
}
