using System.Globalization;
using System.Text;

namespace FairShare.Scenarios.Tests.Scale;

/// <summary>The tables of docs/scale.md.</summary>
internal static class ScalePage
{
    private static readonly int[] Loads = [1, 10, 50, 100, 150, 200, 300, 500, 1000, 2000];

    private static readonly (string Name, bool IsLargeRegion, bool IsGrown)[] Places =
    [
        ("As deployed, in a large region", true, false),
        ("Stage and table raised beforehand, in a large region", true, true),
        ("The same in another region", false, true),
    ];

    public static string Write(IReadOnlyDictionary<string, double> needs)
    {
        var page = new StringBuilder();
        page.AppendLine(
            "| quota, of a region and account | an exchange takes | a second | at once | exchanges a second | where it binds |"
        );
        page.AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var quota in Places.SelectMany(place => Quota.Of(place.IsLargeRegion, place.IsGrown)).Distinct())
        {
            var need = needs[quota.Need];
            var served = Text(quota.PerSecond / need);
            page.AppendLine($"| {quota.Name} | {Text(need)} | {Text(quota.PerSecond)} | {Text(quota.Burst)} | {served} | {quota.Next} |");
        }

        foreach (var (name, isLargeRegion, isGrown) in Places)
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{name}:").AppendLine();
            page.AppendLine("| exchanges a second | first quota that refuses | after | refused in a minute |");
            page.AppendLine("| --- | --- | --- | --- |");
            foreach (var load in Loads)
            {
                page.AppendLine(Row(load, ScaleRun.Play(load, needs, Quota.Of(isLargeRegion, isGrown))));
            }
        }

        return page.ToString();
    }

    private static string Row(int load, ScaleRun run) =>
        run.First is { } first
            ? string.Create(CultureInfo.InvariantCulture, $"| {load:N0} | {first.Name} | {run.After:F1} s | {run.Refused:P0} |")
            : string.Create(CultureInfo.InvariantCulture, $"| {load:N0} | none | | |");

    private static string Text(double number) => Math.Floor(number).ToString("N0", CultureInfo.InvariantCulture);
}
