using TemplateHost.Hosting;

namespace FairShare.Testing;

/// <summary>
/// Waits until hosts have nothing left to do at the present time. Functions go by the hosts' clock too: put forward while one runs, it
/// would time out, and be tried again later.
/// </summary>
public static class Quiet
{
    // Between two invocations, a queue's message or a stream's record is on its way for less than this.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until no function runs, and nothing was used since the last look.</summary>
    public static async Task UntilAsync(IReadOnlyCollection<EmbeddedHost> hosts)
    {
        for (var (before, now) = (-1.0, Used(hosts)); now > before || IsRunning(hosts); now = Used(hosts))
        {
            before = now;
            await Task.Delay(Interval);
        }
    }

    private static bool IsRunning(IReadOnlyCollection<EmbeddedHost> hosts) => hosts.Any(host => host.RunningInvocations > 0);

    private static double Used(IReadOnlyCollection<EmbeddedHost> hosts) => hosts.Sum(host => host.MeterTotals.Values.Sum());
}
