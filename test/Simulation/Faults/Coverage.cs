using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Faults;

/// <summary>How often each call was made where faults could strike, and how often each fault struck it.</summary>
internal sealed class Coverage
{
    private readonly Dictionary<CallPoint, long> passed = [];
    private readonly Dictionary<FaultCell, long> struck = [];

    /// <summary>Every call that was made, the most frequent first.</summary>
    public IReadOnlyList<CallPoint> Calls => [.. passed.Keys.OrderBy(call => call.ToString(), StringComparer.Ordinal)];

    public long Faults => struck.Values.Sum();

    public void Pass(CallPoint call) => passed[call] = passed.GetValueOrDefault(call) + 1;

    public void Strike(FaultCell cell) => struck[cell] = struck.GetValueOrDefault(cell) + 1;

    public long Passed(CallPoint call) => passed.GetValueOrDefault(call);

    public long StruckAt(CallPoint call, FaultKind kind) => struck.GetValueOrDefault(new FaultCell(call, kind));

    /// <summary>Adds what another run counted.</summary>
    public void Add(Coverage other)
    {
        foreach (var (call, count) in other.passed)
        {
            passed[call] = passed.GetValueOrDefault(call) + count;
        }

        foreach (var (cell, count) in other.struck)
        {
            struck[cell] = struck.GetValueOrDefault(cell) + count;
        }
    }
}
