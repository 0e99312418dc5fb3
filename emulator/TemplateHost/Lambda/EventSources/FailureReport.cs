using System.Text.Json.Nodes;
using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.EventSources;

/// <summary>What a failure destination of a stream is told: where the records stand, not what they hold.</summary>
internal static class FailureReport
{
    public static JsonObject Of(FunctionConfiguration function, EventSourceMapping mapping, List<JsonObject> records, DateTimeOffset now) =>
        new()
        {
            ["requestContext"] = new JsonObject { ["functionArn"] = function.Arn, ["condition"] = "RetryAttemptsExhausted" },
            ["responseContext"] = new JsonObject
            {
                ["statusCode"] = 200,
                ["executedVersion"] = "$LATEST",
                ["functionError"] = "Unhandled",
            },
            ["version"] = "1.0",
            ["timestamp"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["DDBStreamBatchInfo"] = new JsonObject
            {
                ["startSequenceNumber"] = records[0]["dynamodb"]!["SequenceNumber"]!.DeepClone(),
                ["endSequenceNumber"] = records[^1]["dynamodb"]!["SequenceNumber"]!.DeepClone(),
                ["batchSize"] = records.Count,
                ["streamArn"] = mapping.EventSourceArn,
            },
        };
}
