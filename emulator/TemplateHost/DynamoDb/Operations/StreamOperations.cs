using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using StreamReader = TemplateHost.DynamoDb.Storage.StreamReader;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>ListStreams, DescribeStream, GetShardIterator, GetRecords.</summary>
internal sealed class StreamOperations(HostContext context, TableCatalog tables)
{
    public Task<JsonObject> ListAsync(JsonCall call)
    {
        context.Authorizer.Demand(call.Caller, call.Right, "*");
        var wanted = call.Input["TableName"]?.ToString();
        var streams = tables
            .All.Select(table => table.Definition)
            .Where(table => table.StreamArn is not null && (wanted is null || table.Name == wanted))
            .Select(table => new JsonObject
            {
                ["StreamArn"] = table.StreamArn,
                ["TableName"] = table.Name,
                ["StreamLabel"] = table.StreamLabel,
            });
        return Task.FromResult(new JsonObject { ["Streams"] = new JsonArray([.. streams]) });
    }

    public Task<JsonObject> DescribeAsync(JsonCall call)
    {
        var (stream, table) = Find(call, Required(call, "StreamArn"));
        var oldest = context.Store.Read(stream.Oldest);
        var range = new JsonObject { ["StartingSequenceNumber"] = StreamReader.Number(oldest) };
        if (!stream.IsOpen)
        {
            range["EndingSequenceNumber"] = StreamReader.Number(context.Store.Read(StreamReader.Latest));
        }

        return Task.FromResult(
            new JsonObject
            {
                ["StreamDescription"] = new JsonObject
                {
                    ["StreamArn"] = stream.Arn,
                    ["StreamLabel"] = stream.Arn.Split("/stream/")[1],
                    ["StreamStatus"] = stream.IsOpen ? "ENABLED" : "DISABLED",
                    ["StreamViewType"] = table.StreamViewType,
                    ["TableName"] = table.Name,
                    ["KeySchema"] = TableDescription.KeySchemaOf(table.Keys),
                    ["Shards"] = new JsonArray(new JsonObject { ["ShardId"] = StreamReader.ShardId, ["SequenceNumberRange"] = range }),
                },
            }
        );
    }

    public Task<JsonObject> GetShardIteratorAsync(JsonCall call)
    {
        var (stream, _) = Find(call, Required(call, "StreamArn"));
        if (Required(call, "ShardId") != StreamReader.ShardId)
        {
            throw new AwsException("ResourceNotFoundException", "Requested resource not found: Shard does not exist");
        }

        var oldest = context.Store.Read(stream.Oldest);
        var sequence = Required(call, "ShardIteratorType") switch
        {
            "TRIM_HORIZON" => oldest,
            "LATEST" => context.Store.Read(StreamReader.Latest),
            "AT_SEQUENCE_NUMBER" => Given(call, oldest),
            "AFTER_SEQUENCE_NUMBER" => Given(call, oldest) + 1,
            var type => throw Invalid.Request(
                $"1 validation error detected: Value '{type}' at 'shardIteratorType' failed to satisfy constraint: Member must "
                    + "satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]"
            ),
        };
        return Task.FromResult(
            new JsonObject { ["ShardIterator"] = new ShardIterator(stream.Arn, sequence, context.Time.GetUtcNow()).Text }
        );
    }

    public Task<JsonObject> GetRecordsAsync(JsonCall call)
    {
        var now = context.Time.GetUtcNow();
        var iterator = ShardIterator.Parse(Required(call, "ShardIterator"), now);
        var (stream, _) = Find(call, iterator.StreamArn);
        var (records, next) = context.Store.Read(session =>
            stream.Read(session, iterator.Sequence, call.Input["Limit"]?.GetValue<int>() ?? 1000)
        );
        var answer = new JsonObject { ["Records"] = records };
        if (stream.IsOpen || records.Count > 0)
        {
            answer["NextShardIterator"] = new ShardIterator(stream.Arn, next, now).Text;
        }

        return Task.FromResult(answer);
    }

    private (StreamReader Stream, TableDefinition Table) Find(JsonCall call, string arn)
    {
        context.Authorizer.Demand(call.Caller, call.Right, arn);
        var parts = arn.Split("/stream/");
        return parts.Length == 2 && tables.Find(TableCatalog.NameOf(parts[0])) is { } table
            ? (new StreamReader(table, parts[1], context.Region), table.Definition)
            : throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Stream: {arn} not found");
    }

    private static long Given(JsonCall call, long oldest)
    {
        var sequence = long.TryParse(Required(call, "SequenceNumber"), CultureInfo.InvariantCulture, out var given)
            ? given
            : throw Invalid.Request("Invalid SequenceNumber");
        return sequence >= oldest
            ? sequence
            : throw new AwsException(
                "TrimmedDataAccessException",
                "The operation attempted to read past the oldest stream record in a shard."
            );
    }

    private static string Required(JsonCall call, string name) =>
        call.Input[name]?.ToString() ?? throw Invalid.Request($"The parameter '{name}' is required but was not present in the request");
}
