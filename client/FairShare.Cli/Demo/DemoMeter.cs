using FairShare.Cli.Pricing;
using TemplateHost.Hosting;

namespace FairShare.Cli.Demo;

/// <summary>What the host's services would have billed between two moments, by service, and what a million of it costs.</summary>
internal sealed class DemoMeter(EmbeddedHost host, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    private const int QuietChecks = 20;

    private Dictionary<string, double> before = [];

    public void Start() => before = new Dictionary<string, double>(host.MeterTotals);

    /// <summary>Waits until the services have nothing left to do for the exchange, and takes the difference.</summary>
    public async Task<MeterReading> StopAsync(CancellationToken cancellationToken)
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

        var used = host
            .MeterTotals.Select(total => (Unit: total.Key, Amount: total.Value - before.GetValueOrDefault(total.Key)))
            .Where(use => use.Amount > 1e-9);
        return new MeterReading(used.ToDictionary(use => use.Unit, use => use.Amount), PriceTable.Load());
    }
}
