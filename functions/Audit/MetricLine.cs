using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FairShare.Functions.Audit;

/// <summary>
/// A line in CloudWatch's embedded metric format, of which the page is
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html.
/// </summary>
internal static class MetricLine
{
    /// <summary>Writes the line.</summary>
    /// <param name="space">The metrics' namespace.</param>
    /// <param name="dimension">Their one dimension: name and value.</param>
    /// <param name="counts">The metrics, which are counts, by name.</param>
    /// <param name="at">When they were taken.</param>
    public static string Write(
        string space,
        (string Name, string Value) dimension,
        IReadOnlyList<(string Name, long Count)> counts,
        DateTimeOffset at
    )
    {
        var directive = new MetricDirective(
            space,
            [
                [dimension.Name],
            ],
            [.. counts.Select(count => new MetricName(count.Name, "Count"))]
        );
        var head = new MetricHead(at.ToUnixTimeMilliseconds(), [directive]);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("_aws");
            JsonSerializer.Serialize(json, head, MetricJson.Default.MetricHead);
            json.WriteString(dimension.Name, dimension.Value);
            foreach (var (name, count) in counts)
            {
                json.WriteNumber(name, count);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
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
