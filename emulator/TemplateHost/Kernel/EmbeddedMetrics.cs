using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel;

/// <summary>
/// Reads the embedded metric format, by which a line of a log becomes data points:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html.
/// </summary>
internal static class EmbeddedMetrics
{
    private const string Marker = "\"_aws\"";

    /// <summary>The data points of a line, one for each metric and dimension set; none where the line is not in the format.</summary>
    public static IReadOnlyList<Measurement> Read(string line)
    {
        if (!line.Contains(Marker, StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(line) is JsonObject members && members["_aws"] is JsonObject head ? Of(members, head) : [];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            // CloudWatch keeps such a line as a line, and makes no metrics of it.
            return [];
        }
    }

    private static List<Measurement> Of(JsonObject members, JsonObject head)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(head["Timestamp"]!.GetValue<long>());
        return
        [
            .. from directive in head["CloudWatchMetrics"]!.AsArray()
            from set in directive!["Dimensions"]!.AsArray()
            from metric in directive["Metrics"]!.AsArray()
            from value in ValuesOf(members[metric!["Name"]!.GetValue<string>()])
            select new Measurement(
                directive["Namespace"]!.GetValue<string>(),
                metric["Name"]!.GetValue<string>(),
                set!
                    .AsArray()
                    .ToDictionary(name => name!.GetValue<string>(), name => members[name!.GetValue<string>()]!.GetValue<string>()),
                value,
                metric["Unit"]?.GetValue<string>() ?? "None",
                at
            ),
        ];
    }

    // A member may be a list of values.
    private static IEnumerable<double> ValuesOf(JsonNode? member) =>
        member switch
        {
            null => [],
            JsonArray values => values.Select(value => value!.GetValue<double>()),
            _ => [member.GetValue<double>()],
        };
}
