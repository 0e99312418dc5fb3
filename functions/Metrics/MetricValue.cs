namespace FairShare.Functions.Metrics;

/// <summary>A value of a metric.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">In CloudWatch's words: Count, Seconds, Milliseconds.</param>
internal sealed record MetricValue(string Name, double Value, string Unit)
{
    /// <summary>A number of things.</summary>
    public static MetricValue Count(string name, long count) => new(name, count, "Count");

    /// <summary>A duration.</summary>
    public static MetricValue Seconds(string name, TimeSpan duration) => new(name, Math.Round(duration.TotalSeconds, 3), "Seconds");
}
