using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FairShare.Functions.Metrics;

/// <summary>
/// A line in CloudWatch's embedded metric format, of which the page is
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html.
/// </summary>
internal static class MetricLine
{
    /// <summary>Writes the line.</summary>
    /// <param name="space">The metrics' namespace.</param>
    /// <param name="dimension">Their one dimension: name and value.</param>
    /// <param name="values">The metrics; of one name there may be several values, 100 at most.</param>
    /// <param name="at">When they were taken.</param>
    public static string Write(string space, (string Name, string Value) dimension, IReadOnlyList<MetricValue> values, DateTimeOffset at)
    {
        var names = values.DistinctBy(value => value.Name).Select(value => new MetricName(value.Name, value.Unit)).ToList();
        var head = new MetricHead(
            at.ToUnixTimeMilliseconds(),
            [
                new MetricDirective(
                    space,
                    [
                        [dimension.Name],
                    ],
                    names
                ),
            ]
        );
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("_aws");
            JsonSerializer.Serialize(json, head, MetricJson.Default.MetricHead);
            json.WriteString(dimension.Name, dimension.Value);
            foreach (var metric in values.GroupBy(value => value.Name))
            {
                WriteMetric(json, metric.Key, [.. metric]);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteMetric(Utf8JsonWriter json, string name, IReadOnlyList<MetricValue> values)
    {
        if (values is [var only])
        {
            json.WriteNumber(name, only.Value);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value.Value);
        }

        json.WriteEndArray();
    }
}

/// <summary>What tells CloudWatch which members of the line are metrics.</summary>
internal sealed record MetricHead(long Timestamp, IReadOnlyList<MetricDirective> CloudWatchMetrics);

/// <summary>The metrics of a namespace.</summary>
internal sealed record MetricDirective(
    string Namespace,
    IReadOnlyList<IReadOnlyList<string>> Dimensions,
    IReadOnlyList<MetricName> Metrics
);

/// <summary>A metric's name and unit.</summary>
internal sealed record MetricName(string Name, string Unit);

/// <summary>The format's JSON: its members are called as the records' are.</summary>
[JsonSerializable(typeof(MetricHead))]
internal sealed partial class MetricJson : JsonSerializerContext;
