using System.Collections.Concurrent;
using TemplateHost.Kernel;

namespace TemplateHost.Hosting;

/// <summary>Counts in memory: a meter tells what one run of the host did.</summary>
internal sealed class Meter : IMeter
{
    private readonly ConcurrentDictionary<string, double> totals = new();

    public IReadOnlyDictionary<string, double> Totals => new SortedDictionary<string, double>(totals, StringComparer.Ordinal);

    public void Add(string unit, double amount = 1) => totals.AddOrUpdate(unit, amount, (_, sum) => sum + amount);
}
