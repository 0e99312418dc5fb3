using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests;

/// <summary>Billable units that something took, counted by the host's own meter, and what a million of it costs at list prices.</summary>
internal static class MeteredUnits
{
    private const double Million = 1_000_000;
    private const double FunctionGigabytes = 0.25;

    /// <summary>What the host has counted since then; the polling of queues goes on whatever happens, and is left out.</summary>
    public static Dictionary<string, double> Since(this TestHost host, IReadOnlyDictionary<string, double> before) =>
        host
            .Embedded.MeterTotals.Where(total => !total.Key.StartsWith("sqs.", StringComparison.Ordinal))
            .ToDictionary(total => total.Key, total => total.Value - before.GetValueOrDefault(total.Key));

    /// <summary>Dollars for a million of it. How long functions run depends on the machine: an assumption stands in for it.</summary>
    public static double Dollars(IReadOnlyDictionary<string, double> used, double functionSeconds) =>
        used.Where(unit => unit.Value > 1e-9 && !unit.Key.StartsWith("lambda.gbSecond", StringComparison.Ordinal))
            .Sum(unit => unit.Value * Price(unit.Key) * Million)
        + (used["lambda.request"] * FunctionGigabytes * functionSeconds * Price("lambda.gbSecond.x86") * Million);

    private static double Price(string unit)
    {
        var price = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "aws-prices.json")))!["prices"]![unit]!;
        return price["each"]?.GetValue<double>() ?? (price["perMillion"]!.GetValue<double>() / Million);
    }
}
