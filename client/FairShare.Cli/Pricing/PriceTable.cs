using System.Text.Json.Nodes;

namespace FairShare.Cli.Pricing;

/// <summary>List prices by billable unit, from <c>eng/prices/aws-prices.json</c>.</summary>
internal sealed class PriceTable
{
    private const double Million = 1_000_000;

    private readonly Dictionary<string, double> each = [];

    private PriceTable(JsonObject file)
    {
        Description = $"{file["region"]}, {file["currency"]}, {file["asOf"]}";
        foreach (var (unit, price) in file["prices"]!.AsObject())
        {
            each[unit] = price!["each"]?.GetValue<double>() ?? price["perMillion"]!.GetValue<double>() / Million;
        }
    }

    /// <summary>Where and when these prices stand.</summary>
    public string Description { get; }

    /// <summary>Reads the table that is delivered with the program.</summary>
    public static PriceTable Load() =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "aws-prices.json")))!.AsObject());

    /// <summary>Dollars for a million times that amount; null when the unit has no price.</summary>
    public double? PerMillion(string unit, double amount) => each.TryGetValue(unit, out var price) ? price * amount * Million : null;
}
