namespace TemplateHost.Kernel;

/// <summary>One data point, as AWS services put them to CloudWatch, or a function's log line in the embedded metric format does.</summary>
/// <param name="Space">The namespace, for example <c>AWS/Lambda</c>.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Dimensions">Names and values of its dimensions.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">The unit in CloudWatch's words, for example <c>Count</c> or <c>Milliseconds</c>.</param>
/// <param name="At">The time of the point.</param>
public sealed record Measurement(
    string Space,
    string Name,
    IReadOnlyDictionary<string, string> Dimensions,
    double Value,
    string Unit,
    DateTimeOffset At
);

/// <summary>Puts data points to whoever listens.</summary>
internal static class Measuring
{
    /// <summary>Tells a data point with the host's time; does nothing where nobody listens.</summary>
    public static void Measure(
        this HostContext host,
        string space,
        string name,
        double value,
        string unit,
        params (string Name, string Value)[] dimensions
    ) =>
        host.Measured?.Invoke(
            new Measurement(space, name, dimensions.ToDictionary(one => one.Name, one => one.Value), value, unit, host.Time.GetUtcNow())
        );
}
