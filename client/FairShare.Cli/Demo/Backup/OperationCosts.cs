using System.Globalization;
using System.Text.Json.Nodes;

namespace FairShare.Cli.Demo.Backup;

/// <summary>What each operation on a backup takes of what is billed, and what a million of it cost.</summary>
/// <param name="Operations">Each operation with what it took, all peers together.</param>
internal sealed record OperationCosts(IReadOnlyList<(string Operation, MeterReading Reading)> Operations)
{
    private const int UnitWidth = 28;
    private const int Width = 12;

    /// <summary>A row for each unit, a column for each operation, the dollars of a million, and what is not counted.</summary>
    public IEnumerable<string> Table()
    {
        yield return Row("all peers together", Operations.Select(one => one.Operation));
        foreach (var unit in Operations.SelectMany(one => one.Reading.Used.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            yield return Row(unit, Operations.Select(one => Number(one.Reading.Used.GetValueOrDefault(unit), "0.####")));
        }

        yield return Row("$ per million", Operations.Select(one => Number(one.Reading.PerMillion, "0.00")));
        yield return "Three of five, a file of 100 KB; a repair moves one share to another peer. Counted when functions had run before.";
        yield return "Not counted: storage, transfer out of bodies (a restore: the file once), keys by the month, and log ingestion.";
        yield return $"Prices: {Operations[0].Reading.Prices.Description}.";
    }

    public JsonObject ToJson() => new(Operations.Select(one => KeyValuePair.Create(one.Operation, (JsonNode?)one.Reading.ToJson())));

    private static string Number(double amount, string format) => amount.ToString(format, CultureInfo.InvariantCulture);

    private static string Row(string name, IEnumerable<string> cells) =>
        name.PadRight(UnitWidth) + string.Concat(cells.Select(cell => cell.PadLeft(Width)));
}
