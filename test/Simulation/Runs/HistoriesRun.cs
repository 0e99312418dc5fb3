using System.Diagnostics;
using System.Globalization;
using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories;

namespace FairShare.Simulation.Runs;

/// <summary>Runs many histories and sums them up.</summary>
internal sealed class HistoriesRun(TextWriter output, TextWriter errors, bool tellsEach)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly SortedDictionary<string, int> endings = new(StringComparer.Ordinal);
    private long calls;
    private long events;

    public Coverage Coverage { get; } = new();

    public int Histories { get; private set; }

    public int Violations { get; private set; }

    public void Run(long first, long count)
    {
        for (var next = first - first % Batch.Size; next < first + count; next += Batch.Size)
        {
            var batch = new Batch(Coverage);
            batch.Run(next, (int)Math.Min(Batch.Size, first + count - next), TellAsync);
            events += batch.Events;
        }

        Sum();
    }

    private async Task<bool> TellAsync(SimulatedService service, HistoryPlan plan, HistoryResult result)
    {
        Histories++;
        calls += result.Calls;
        result.Endings.ToList().ForEach(state => endings[state] = endings.GetValueOrDefault(state) + 1);
        if (tellsEach || result.Violation is not null)
        {
            output.WriteLine(result);
        }

        if (result.Violation is not null)
        {
            Violations++;
            await FailureReport.WriteAsync(output, service, plan, result);
            // What was played again has changed the host, and the next histories of this batch could not be replayed.
            return false;
        }

        return true;
    }

    private void Sum()
    {
        var seconds = watch.Elapsed.TotalSeconds;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Histories} histories, {calls} calls, {events} events judged, {Coverage.Faults} faults, endings: "
                    + $"{string.Join(", ", endings.Select(ending => $"{ending.Value} {ending.Key}"))}"
            )
        );
        output.WriteLine($"violations: {Violations}");
        errors.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{seconds:F1} s, {Histories / seconds:F2} histories and {events / seconds:F0} events a second, "
                    + $"processor time {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F1} s"
            )
        );
    }
}
