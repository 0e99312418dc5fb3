namespace TemplateHost.Tests.Serializability;

/// <summary>
/// Decides whether a history of appends and reads is serializable. The final lists give the order of the writes; from it and from what was
/// read
/// follow the dependencies: write after write, read after write, write after read. A cycle among them means that no serial order exists.
/// </summary>
internal sealed class HistoryChecker(IReadOnlyList<RecordedTransaction> history, IReadOnlyDictionary<string, IReadOnlyList<int>> final)
{
    private readonly Dictionary<int, HashSet<int>> after = [];

    /// <summary>Every anomaly, in words; none for a serializable history.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> anomalies = [.. CheckAtomicity(), .. CheckReads()];
        if (anomalies.Count == 0)
        {
            AddDependencies();
            anomalies.AddRange(FindCycle());
        }

        return anomalies;
    }

    private IEnumerable<string> CheckAtomicity()
    {
        foreach (var transaction in history)
        {
            foreach (var key in transaction.Appends)
            {
                var times = final[key].Count(id => id == transaction.Id);
                if (times != (transaction.Committed ? 1 : 0))
                {
                    yield return $"transaction {transaction.Id} ({(transaction.Committed ? "committed" : "cancelled")}) "
                        + $"stands {times} times "
                        + $"under {key}";
                }
            }
        }
    }

    private IEnumerable<string> CheckReads() =>
        from transaction in history
        where transaction.Committed
        from read in transaction.Reads
        where !final[read.Key].Take(read.Value.Count).SequenceEqual(read.Value)
        select $"transaction {transaction.Id} read under {read.Key} what never stood there";

    private void AddDependencies()
    {
        foreach (var order in final.Values)
        {
            foreach (var (first, second) in order.Zip(order.Skip(1)))
            {
                Add(first, second);
            }
        }

        foreach (var transaction in history.Where(transaction => transaction.Committed))
        {
            foreach (var (key, seen) in transaction.Reads)
            {
                if (seen.Count > 0)
                {
                    Add(seen[^1], transaction.Id);
                }

                if (seen.Count < final[key].Count)
                {
                    Add(transaction.Id, final[key][seen.Count]);
                }
            }
        }
    }

    private void Add(int first, int second)
    {
        if (first != second)
        {
            (after.TryGetValue(first, out var successors) ? successors : after[first] = []).Add(second);
        }
    }

    /// <summary>Takes away, again and again, whatever nothing comes before; what stays is on a cycle or behind one.</summary>
    private IEnumerable<string> FindCycle()
    {
        var before = history.ToDictionary(transaction => transaction.Id, _ => 0);
        foreach (var second in after.Values.SelectMany(successors => successors))
        {
            before[second]++;
        }

        var free = new Queue<int>(before.Where(count => count.Value == 0).Select(count => count.Key));
        var ordered = 0;
        while (free.TryDequeue(out var first))
        {
            ordered++;
            foreach (var second in after.GetValueOrDefault(first) ?? [])
            {
                if (--before[second] == 0)
                {
                    free.Enqueue(second);
                }
            }
        }

        return ordered == history.Count ? [] : [$"{history.Count - ordered} transactions stand on or behind a cycle of dependencies"];
    }
}
