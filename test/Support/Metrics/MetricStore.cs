using TemplateHost.Kernel;

namespace FairShare.Testing.Metrics;

/// <summary>A metric, as an alarm or a graph names it.</summary>
/// <param name="Space">The namespace.</param>
/// <param name="Name">The name.</param>
/// <param name="Dimensions">All its dimensions: CloudWatch takes another set for another metric.</param>
/// <param name="Statistic">Sum, Average, Minimum, Maximum, SampleCount, or p and a number.</param>
public sealed record MetricReading(string Space, string Name, IReadOnlyDictionary<string, string> Dimensions, string Statistic);

/// <summary>Data points, by the minute, as CloudWatch keeps them; what it would answer is computed here.</summary>
public sealed class MetricStore
{
    private static readonly TimeSpan Resolution = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<DateTimeOffset, List<double>>> metrics = [];

    /// <summary>Takes a data point.</summary>
    public void Add(Measurement point)
    {
        lock (gate)
        {
            var key = KeyOf(point.Space, point.Name, point.Dimensions);
            if (!metrics.TryGetValue(key, out var minutes))
            {
                metrics[key] = minutes = [];
            }

            var minute = Floor(point.At, Resolution);
            if (!minutes.TryGetValue(minute, out var values))
            {
                minutes[minute] = values = [];
            }

            values.Add(point.Value);
        }
    }

    /// <summary>The statistic of a period; null where there is no data.</summary>
    public double? Read(MetricReading metric, DateTimeOffset start, TimeSpan period)
    {
        lock (gate)
        {
            if (!metrics.TryGetValue(KeyOf(metric.Space, metric.Name, metric.Dimensions), out var minutes))
            {
                return null;
            }

            List<double> values = [];
            for (var minute = Floor(start, Resolution); minute < start + period; minute += Resolution)
            {
                values.AddRange(minutes.GetValueOrDefault(minute, []));
            }

            return values.Count == 0 ? null : Compute(metric.Statistic, values);
        }
    }

    /// <summary>All values of a metric together.</summary>
    public double Total(string space, string name)
    {
        lock (gate)
        {
            return metrics.Where(metric => metric.Key.StartsWith($"{space}|{name}|", StringComparison.Ordinal)).Sum(Of);
        }

        static double Of(KeyValuePair<string, SortedDictionary<DateTimeOffset, List<double>>> metric) =>
            metric.Value.Values.Sum(values => values.Sum());
    }

    /// <summary>The time at which a period begins, as CloudWatch cuts time into periods.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time, TimeSpan period) =>
        new(time.UtcTicks - (time.UtcTicks % period.Ticks), TimeSpan.Zero);

    private static string KeyOf(string space, string name, IReadOnlyDictionary<string, string> dimensions)
    {
        var sorted = dimensions.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}");
        return $"{space}|{name}|{string.Join('|', sorted)}";
    }

    private static double Compute(string statistic, List<double> values) =>
        statistic switch
        {
            "Sum" => values.Sum(),
            "Average" => values.Average(),
            "Minimum" => values.Min(),
            "Maximum" => values.Max(),
            "SampleCount" => values.Count,
            ['p', .. var percent] => Percentile(values, double.Parse(percent, System.Globalization.CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"There is no statistic {statistic}.", nameof(statistic)),
        };

    private static double Percentile(List<double> values, double percent)
    {
        values.Sort();
        return values[Math.Clamp((int)Math.Ceiling(percent / 100 * values.Count) - 1, 0, values.Count - 1)];
    }
}
