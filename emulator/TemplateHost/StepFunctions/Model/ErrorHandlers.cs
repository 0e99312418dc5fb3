using System.Text.Json.Nodes;
using TemplateHost.StepFunctions.Language;

namespace TemplateHost.StepFunctions.Model;

/// <summary>Which errors a Retry or Catch entry takes.</summary>
internal sealed record ErrorMatcher(IReadOnlyList<string> Names)
{
    /// <summary>
    /// States.ALL takes everything but runtime faults and exceeded data limits; States.TaskFailed everything but timeouts of those.
    /// </summary>
    public bool Matches(string error) =>
        Names.Any(name =>
            name == error
            || name switch
            {
                ErrorNames.All => error is not (ErrorNames.Runtime or ErrorNames.DataLimitExceeded),
                ErrorNames.TaskFailed => error is not (ErrorNames.Timeout or ErrorNames.Runtime or ErrorNames.DataLimitExceeded),
                ErrorNames.Timeout => error == ErrorNames.HeartbeatTimeout,
                _ => false,
            }
        );

    public static ErrorMatcher Parse(JsonObject entry) =>
        new([.. entry["ErrorEquals"]!.AsArray().Select(name => name!.GetValue<string>())]);
}

/// <summary>One entry of Retry; defaults are the States Language's: 1 second, 3 attempts, backoff 2.</summary>
/// <param name="MaxDelaySeconds">The longest wait between attempts, in seconds; null means no bound.</param>
/// <param name="FullJitter">Whether each wait is drawn between zero and the backed-off interval.</param>
internal sealed record Retrier(
    ErrorMatcher Errors,
    double IntervalSeconds,
    int MaxAttempts,
    double BackoffRate,
    double? MaxDelaySeconds,
    bool FullJitter
)
{
    public static Retrier Parse(JsonObject entry) =>
        new(
            ErrorMatcher.Parse(entry),
            entry["IntervalSeconds"]?.GetValue<double>() ?? 1,
            entry["MaxAttempts"]?.GetValue<int>() ?? 3,
            entry["BackoffRate"]?.GetValue<double>() ?? 2,
            entry["MaxDelaySeconds"]?.GetValue<double>(),
            entry["JitterStrategy"]?.GetValue<string>() == "FULL"
        );

    /// <summary>The wait before the next attempt.</summary>
    /// <param name="attempts">How often this entry has retried already.</param>
    /// <param name="draw">A number from 0 to 1 for the jitter.</param>
    public TimeSpan DelayAfter(int attempts, double draw)
    {
        var seconds = Math.Min(IntervalSeconds * Math.Pow(BackoffRate, attempts), MaxDelaySeconds ?? double.MaxValue);
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(365).TotalSeconds) * (FullJitter ? draw : 1));
    }
}

/// <summary>One entry of Catch; <see cref="Json"/> holds its ResultPath.</summary>
internal sealed record Catcher(ErrorMatcher Errors, string Next, JsonObject Json)
{
    public static Catcher Parse(JsonObject entry) => new(ErrorMatcher.Parse(entry), entry["Next"]!.GetValue<string>(), entry);
}
