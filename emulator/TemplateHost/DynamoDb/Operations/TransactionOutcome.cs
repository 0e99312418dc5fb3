using System.Text.Json;
using TemplateHost.DynamoDb.Model;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>What a transaction used, by table.</summary>
/// <param name="Repeated">Whether it is the answer to a token that was seen before: nothing was written, and it costs reads.</param>
internal sealed record TransactionOutcome(IReadOnlyDictionary<string, Capacity> ByTable, bool Repeated)
{
    public Capacity Total
    {
        get
        {
            var total = new Capacity();
            ByTable.Values.ToList().ForEach(total.Add);
            return total;
        }
    }

    public static TransactionOutcome Of(IEnumerable<(string Table, Capacity Capacity)> writes)
    {
        var byTable = new SortedDictionary<string, Capacity>(StringComparer.Ordinal);
        foreach (var (table, capacity) in writes)
        {
            if (!byTable.TryGetValue(table, out var sum))
            {
                byTable[table] = sum = new Capacity();
            }

            sum.Add(capacity);
        }

        return new TransactionOutcome(byTable, Repeated: false);
    }

    /// <summary>What is kept of it: the units, from which a repeat is priced.</summary>
    public string ToJson() => JsonSerializer.Serialize(ByTable.ToDictionary(table => table.Key, table => table.Value.Total));

    public static TransactionOutcome OfRepeat(string json) =>
        Of(
            JsonSerializer
                .Deserialize<Dictionary<string, double>>(json)!
                .Select(table =>
                {
                    var capacity = new Capacity();
                    capacity.Add(table.Value);
                    return (table.Key, capacity);
                })
        ) with
        {
            Repeated = true,
        };
}
