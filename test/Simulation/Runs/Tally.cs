using System.Diagnostics;
using System.Globalization;
using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories;

namespace FairShare.Simulation.Runs;

/// <summary>Sums up the histories of a run, and tells of each that broke a promise, or of all.</summary>
/// <param name="output">Told of histories, and of what follows from the seeds.</param>
/// <param name="errors">Told of what depends on the machine.</param>
/// <param name="tellsEach">Whether to tell of every history.</param>
internal sealed class Tally(TextWriter output, TextWriter errors, bool tellsEach)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly SortedDictionary<string, int> endings = new(StringComparer.Ordinal);
    private long calls;

    public Coverage Coverage { get; } = new();

    public int Histories { get; private set; }

    public int Violations { get; private set; }

    /// <summary>How many changes of tables and answers were judged.</summary>
    public long Events { get; set; }

    /// <param name="result">What came of a history.</param>
    /// <param name="name">What it is called; null for what it calls itself.</param>
    public void Add(HistoryResult result, string? name = null)
    {
        Histories++;
        calls += result.Calls;
        result.Endings.ToList().ForEach(state => endings[state] = endings.GetValueOrDefault(state) + 1);
        Violations += result.Violation is null ? 0 : 1;
        if (tellsEach || result.Violation is not null)
        {
            output.WriteLine(name is null ? $"{result}" : $"{name}: {result}");
        }
    }

    public void WriteSum()
    {
        var seconds = watch.Elapsed.TotalSeconds;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Histories} histories, {calls} calls, {Events} events judged, {Coverage.Faults} faults, endings: "
                    + $"{string.Join(", ", endings.Select(ending => $"{ending.Value} {ending.Key}"))}"
            )
        );
        output.WriteLine($"violations: {Violations}");
        errors.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{seconds:F1} s, {Histories / seconds:F2} histories and {Events / seconds:F0} events a second, "
                    + $"processor time {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F1} s"
            )
        );
    }
}
