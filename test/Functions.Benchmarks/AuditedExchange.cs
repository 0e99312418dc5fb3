using FairShare.Audit.Findings;
using FairShare.Log.Leaves;

namespace FairShare.Functions.Benchmarks;

/// <summary>The items of an exchange in the table, and what of them the log has.</summary>
internal sealed class AuditedExchange(
    Dictionary<string, string> deposit,
    Dictionary<string, string> opening,
    Dictionary<string, string> ending
)
{
    public Dictionary<string, string> Deposit => deposit;

    public Dictionary<string, string> Opening => opening;

    public Dictionary<string, string> Ending => ending;

    public List<Dictionary<string, string>> Items { get; } = [deposit, opening, ending];

    public List<string> Logged { get; } =
    [deposit["origin"], deposit["receipt"], opening["challenge"], ending["receipt"], ending["release"]];
}

/// <summary>A fault that was planted in an exchange.</summary>
/// <param name="Names">What a finding of it names: the exchange, the document, or a token's hash.</param>
internal sealed record PlantedFault(IReadOnlyList<string> Names)
{
    /// <summary>Plants one of ten kinds.</summary>
    public static PlantedFault Plant(int number, AuditedExchange exchange, AuditedExchange? previous)
    {
        string[] names =
        [
            exchange.Deposit["pk"],
            exchange.Opening["pk"],
            .. exchange.Logged.Select(token => LogLeaf.OfToken(token).TokenHash.ToString()),
        ];
        Action plant = (number % 10) switch
        {
            0 => () => exchange.Ending.Remove("receipt"),
            1 => () => exchange.Ending.Remove("release"),
            2 => () => exchange.Ending["state"] = "Expired",
            3 => () => exchange.Ending["receipt"] = exchange.Ending["receipt"][..^8] + "AAAAAAAA",
            4 => () => exchange.Opening["challenge"] = previous!.Opening["challenge"],
            5 => () => exchange.Items.Remove(exchange.Deposit),
            6 => () => exchange.Items.Remove(exchange.Ending),
            7 => () => exchange.Logged.RemoveAt(3),
            8 => () => exchange.Deposit["receipt"] = previous!.Deposit["receipt"],
            _ => () => exchange.Items.Add(exchange.Ending),
        };
        plant();
        return new(names);
    }

    public bool IsIn(AuditFinding finding) =>
        Names.Any(name => $"{finding.Subject} {finding.Detail}".Contains(name, StringComparison.Ordinal));

    public bool IsFound(IEnumerable<AuditFinding> findings) => findings.Any(IsIn);
}
