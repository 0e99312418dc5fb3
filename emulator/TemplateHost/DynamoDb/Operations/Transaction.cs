using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Runs the writes of a transaction; one that fails cancels all, and every failure is told.</summary>
internal static class Transaction
{
    /// <exception cref="AwsException">TransactionCanceledException, with a reason for each item.</exception>
    public static IReadOnlyList<Capacity> Write(ItemWriter writer, IReadOnlyList<WriteAction> writes)
    {
        var (capacities, reasons) = (new List<Capacity>(), new List<JsonObject>());
        foreach (var write in writes)
        {
            reasons.Add(Attempt(() => capacities.Add(writer.Write(write).Capacity.InTransaction())));
        }

        return reasons.TrueForAll(reason => reason["Code"]!.ToString() == "None") ? capacities : throw Cancelled(reasons);
    }

    /// <summary>Why one item cancelled the transaction; <c>None</c> where it did not.</summary>
    public static JsonObject Reason(string code, string? message = null) =>
        message is null ? new JsonObject { ["Code"] = code } : new JsonObject { ["Code"] = code, ["Message"] = message };

    /// <param name="reasons">One for each item, in the order of the request.</param>
    public static AwsException Cancelled(IReadOnlyList<JsonObject> reasons)
    {
        var codes = string.Join(", ", reasons.Select(reason => reason["Code"]!.ToString()));
        return new AwsException(
            "TransactionCanceledException",
            $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
        )
        {
            Members = new Dictionary<string, JsonNode?> { ["CancellationReasons"] = new JsonArray([.. reasons]) },
        };
    }

    private static JsonObject Attempt(Action write)
    {
        try
        {
            write();
            return Reason("None");
        }
        catch (ConditionFailedException failed)
        {
            var reason = Reason("ConditionalCheckFailed", failed.Message);
            if (failed.Item is { } item)
            {
                reason["Item"] = item.ToJson();
            }

            return reason;
        }
        catch (AwsException invalid) when (invalid.Code == "ValidationException")
        {
            return Reason("ValidationError", invalid.Message);
        }
    }
}

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
