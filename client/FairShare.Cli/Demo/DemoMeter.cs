using System.Text.Json.Nodes;
using FairShare.Cli.Pricing;
using FairShare.Local.Hosting;

namespace FairShare.Cli.Demo;

/// <summary>What the host's services would have billed between two moments, by service, and what a million of it costs.</summary>
internal sealed class DemoMeter(EmbeddedHost host, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    private const int QuietChecks = 20;

    private Dictionary<string, double> before = [];

    public void Start() => before = new Dictionary<string, double>(host.MeterTotals);

    /// <summary>Waits until the services have nothing left to do for the exchange, and takes the difference.</summary>
    public async Task<Reading> StopAsync(CancellationToken cancellationToken)
    {
        var last = host.MeterTotals.Values.Sum();
        for (var check = 0; check < QuietChecks; check++)
        {
            await Task.Delay(Quiet, time, cancellationToken);
            var now = host.MeterTotals.Values.Sum();
            if (Math.Abs(now - last) < 1e-9)
            {
                break;
            }

            last = now;
        }

        var used = host.MeterTotals
            .Select(total => (Unit: total.Key, Amount: total.Value - before.GetValueOrDefault(total.Key)))
            .Where(use => use.Amount > 1e-9)
            .OrderBy(use => use.Unit, StringComparer.Ordinal);
        return new Reading([.. used], PriceTable.Load());
    }

    /// <summary>Billable units and their price.</summary>
    internal sealed record Reading(IReadOnlyList<(string Unit, double Amount)> Used, PriceTable Prices)
    {
        /// <summary>Dollars for a million exchanges; units without a price are left out, and named.</summary>
        public double PerMillion => Used.Sum(use => Prices.PerMillion(use.Unit, use.Amount) ?? 0);

        public IEnumerable<string> Lines()
        {
            yield return $"{"billable unit",-32}{"amount",14}{"$ per million exchanges",26}";
            foreach (var (unit, amount) in Used)
            {
                yield return Format($"{unit,-32}{amount,14:0.######}{Price(unit, amount),26}");
            }

            yield return Format($"{"sum",-32}{"",14}{PerMillion,26:0.00}");
            yield return $"Prices: {Prices.Description}; storage, transfer out and idle cost apart.";
        }

        public JsonObject ToJson() => new()
        {
            ["units"] = new JsonObject(Used.Select(use => KeyValuePair.Create(use.Unit, (JsonNode?)JsonValue.Create(use.Amount)))),
            ["dollarsPerMillion"] = Math.Round(PerMillion, 4),
            ["prices"] = Prices.Description,
        };

        private string Price(string unit, double amount) =>
            Prices.PerMillion(unit, amount) is { } price ? Format($"{price:0.00}") : "no price";

        private static string Format(FormattableString text) => FormattableString.Invariant(text);
    }
}
