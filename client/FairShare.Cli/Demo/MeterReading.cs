using System.Text.Json.Nodes;
using FairShare.Cli.Pricing;

namespace FairShare.Cli.Demo;

/// <summary>Billable units and their price.</summary>
internal sealed record MeterReading(IReadOnlyDictionary<string, double> Used, PriceTable Prices)
{
    /// <summary>Dollars for a million exchanges; units without a price count nothing, and are named as such.</summary>
    public double PerMillion => Used.Sum(use => Prices.PerMillion(use.Key, use.Value) ?? 0);

    /// <summary>The same without a service that what was metered does not use: its units are those of idle polling.</summary>
    public MeterReading Without(string service) =>
        this with
        {
            Used = Used.Where(use => !use.Key.StartsWith($"{service}.", StringComparison.Ordinal)).ToDictionary(),
        };

    /// <summary>A table of two exchanges, and what it does not count.</summary>
    public static IEnumerable<string> Table(MeterReading first, MeterReading next) =>
        [
            .. Amounts(first, next),
            "Counted as it happened here, with polls and retries; on AWS a commit takes longer, which is a poll or two "
                + "more (0.13 each).",
            "Not counted: storage and backups, transfer out, idle cost (the seal's key, polling of queues), failed requests, a party's",
            "own polling of its queue or inbox, what is counted anew at a party's limit (1.5 at most), and log ingestion: functions log "
                + "failures only.",
        ];

    /// <summary>A table of the same done twice: the first time after a start, which pays for filling caches, and one of many.</summary>
    public static IEnumerable<string> Amounts(MeterReading first, MeterReading next)
    {
        yield return $"{"", -32}{"first after start", 30}{"every further one", 30}";
        yield return $"{"billable unit", -32}{"amount", 14}{"$ per million", 16}{"amount", 14}{"$ per million", 16}";
        foreach (var unit in first.Used.Keys.Union(next.Used.Keys).Order(StringComparer.Ordinal))
        {
            yield return $"{unit, -32}{first.Columns(unit)}{next.Columns(unit)}";
        }

        yield return FormattableString.Invariant($"{"sum", -32}{"", 14}{first.PerMillion, 16:0.00}{"", 14}{next.PerMillion, 16:0.00}");
        yield return $"Prices: {first.Prices.Description}.";
    }

    public JsonObject ToJson() =>
        new()
        {
            ["units"] = new JsonObject(
                Used.OrderBy(use => use.Key, StringComparer.Ordinal)
                    .Select(use => KeyValuePair.Create(use.Key, (JsonNode?)JsonValue.Create(use.Value)))
            ),
            ["dollarsPerMillion"] = Math.Round(PerMillion, 4),
            ["prices"] = Prices.Description,
        };

    private string Columns(string unit)
    {
        var amount = Used.GetValueOrDefault(unit);
        return Prices.PerMillion(unit, amount) is { } price
            ? FormattableString.Invariant($"{amount, 14:0.####}{price, 16:0.00}")
            : FormattableString.Invariant($"{amount, 14:0.####}{"no price", 16}");
    }
}
