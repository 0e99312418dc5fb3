using System.Text.Json.Nodes;

namespace TemplateHost.DynamoDb.Model;

/// <summary>Request units that an operation used: of the table itself, and of each index.</summary>
internal sealed class Capacity
{
    public double Table { get; private set; }

    public SortedDictionary<string, double> Indexes { get; } = new(StringComparer.Ordinal);

    public double Total => Table + Indexes.Values.Sum();

    /// <summary>One unit for each started KB.</summary>
    public static double WriteUnits(int size) => Math.Max(1, Math.Ceiling(size / 1024.0));

    /// <summary>One unit for each started 4 KB; half of it for an eventually consistent read.</summary>
    public static double ReadUnits(long size, bool consistent) => Math.Max(1, Math.Ceiling(size / 4096.0)) * (consistent ? 1 : 0.5);

    public void Add(double units) => Table += units;

    public void AddIndex(string name, double units) => Indexes[name] = Indexes.GetValueOrDefault(name) + units;

    public void Add(Capacity other)
    {
        Table += other.Table;
        foreach (var (name, units) in other.Indexes)
        {
            AddIndex(name, units);
        }
    }

    /// <summary>
    /// The same within a transaction: an item costs twice, once to prepare and once to commit; its index entries cost once.
    /// </summary>
    public Capacity InTransaction()
    {
        var doubled = new Capacity();
        doubled.Add(this);
        doubled.Add(Table);
        return doubled;
    }

    /// <summary>As ConsumedCapacity; null unless the request asks for it.</summary>
    public JsonObject? Describe(string table, string? asked)
    {
        if (asked is not ("TOTAL" or "INDEXES"))
        {
            return null;
        }

        var description = new JsonObject { ["TableName"] = table, ["CapacityUnits"] = Total };
        if (asked == "INDEXES")
        {
            description["Table"] = new JsonObject { ["CapacityUnits"] = Table };
            description["GlobalSecondaryIndexes"] = new JsonObject(
                Indexes.Select(index => KeyValuePair.Create(index.Key, (JsonNode?)new JsonObject { ["CapacityUnits"] = index.Value }))
            );
        }

        return description;
    }
}
