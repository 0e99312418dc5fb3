using Amazon.Runtime;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Hosting;

/// <summary>What a function takes from outside and a test may replace.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Randomness">The source of ids and nonces.</param>
/// <param name="HttpClientFactory">How the AWS SDK makes its HTTP clients; null for its own way.</param>
public sealed record FunctionDependencies(TimeProvider Time, IRandomness Randomness, HttpClientFactory? HttpClientFactory)
{
    /// <summary>The system's clock and randomness, and the SDK's own HTTP clients.</summary>
    public static FunctionDependencies System { get; } = new(TimeProvider.System, new SystemRandomness(), null);
}
