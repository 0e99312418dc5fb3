using Amazon.Runtime;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Hosting;

/// <summary>What a function takes from outside and a test may replace.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Randomness">The source of ids and nonces.</param>
/// <param name="HttpClientFactory">How the AWS SDK makes its HTTP clients; null for its own way.</param>
public sealed record FunctionDependencies(TimeProvider Time, IRandomness Randomness, HttpClientFactory? HttpClientFactory)
{
    /// <summary>
    /// Takes a line of metrics; null for the function's logger. That of Lambda's runtime puts a line into JSON of its own where logs are
    /// JSON, and CloudWatch makes no metrics of that.
    /// </summary>
    public Action<string>? MetricLines { get; init; }

    /// <summary>The system's clock and randomness, and the SDK's own HTTP clients.</summary>
    public static FunctionDependencies System { get; } =
        new(TimeProvider.System, new SystemRandomness(), null) { MetricLines = StandardOutput.Open() };
}
