using FairShare.Cli.Pricing;

namespace FairShare.Cli.Demo;

/// <summary>What the services of a host, or of several, would have billed between two moments, and what a million of it costs.</summary>
/// <param name="totals">What was billed so far, by unit.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoMeter(Func<IReadOnlyDictionary<string, double>> totals, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    private const int QuietChecks = 20;

    private Dictionary<string, double> before = [];

    public void Start() => before = totals().ToDictionary();

    /// <summary>Waits until the services have nothing left to do for the exchange, and takes the difference.</summary>
    public async Task<MeterReading> StopAsync(CancellationToken cancellationToken)
    {
        var last = totals().Values.Sum();
        for (var check = 0; check < QuietChecks; check++)
        {
            await Task.Delay(Quiet, time, cancellationToken);
            var now = totals().Values.Sum();
            if (Math.Abs(now - last) < 1e-9)
            {
                break;
            }

            last = now;
        }

        var used = totals()
            .Select(total => (Unit: total.Key, Amount: total.Value - before.GetValueOrDefault(total.Key)))
            .Where(use => use.Amount > 1e-9);
        return new MeterReading(used.ToDictionary(use => use.Unit, use => use.Amount), PriceTable.Load());
    }
}
