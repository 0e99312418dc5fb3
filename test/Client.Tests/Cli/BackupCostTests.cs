using System.Globalization;
using FairShare.Cli.Demo;
using FairShare.Cli.Demo.Backup;
using FairShare.Cli.Output;

namespace FairShare.Client.Tests.Cli;

/// <summary>
/// What each operation on a backup costs, counted by the hosts of real peers, is what the table in docs/backup-costs.md says, and no more
/// than the limit beside it. How long functions run depends on the machine: the page's assumption stands in for it.
/// </summary>
public sealed class BackupCostTests
{
    private const string Seconds = "lambda.gbSecond.x86";
    private const double SecondsOfACall = 0.25 * 0.02;

    private static readonly string[] Units =
    [
        "apiGateway.httpRequest",
        "kms.eccOperation",
        "kms.symmetricOperation",
        "dynamodb.readRequestUnit",
        "dynamodb.writeRequestUnit",
        "s3.put",
        "s3.get",
    ];

    [Fact]
    public async Task Operation_OnThreeOfFive_TakesWhatThePageSaysAndNoMoreThanItsLimit()
    {
        using var folders = new DemoFolders(null);
        var terminal = new Terminal { Output = TextWriter.Null, Error = TextWriter.Null };
        var costs = await new BackupMetering(folders, terminal, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
        var page = Page();
        Assert.Equal(["create", "check", "restore", "repair", "refresh", "delete"], costs.Operations.Select(one => one.Operation));
        Assert.Equal(
            page.Select(row => string.Join(" | ", row.Take(Units.Length + 1))),
            costs.Operations.Select(one => string.Join(" | ", Units.Select(unit => Amount(one.Reading, unit)).Prepend(one.Operation)))
        );
        foreach (var ((operation, reading), row) in costs.Operations.Zip(page))
        {
            var dollars = Dollars(reading);
            Assert.Equal(double.Parse(row[^2], CultureInfo.InvariantCulture), dollars, 0.05);
            Assert.True(dollars <= double.Parse(row[^1], CultureInfo.InvariantCulture), $"{operation}: {dollars} USD.");
        }
    }

    private static string Amount(MeterReading reading, string unit) =>
        reading.Used.GetValueOrDefault(unit).ToString("0.##", CultureInfo.InvariantCulture);

    private static double Dollars(MeterReading reading)
    {
        // Each call is one function that runs.
        Assert.Equal(reading.Used["apiGateway.httpRequest"], reading.Used["lambda.request"]);
        var used = reading.Used.ToDictionary();
        used[Seconds] = used["lambda.request"] * SecondsOfACall;
        return new MeterReading(used, reading.Prices).PerMillion;
    }

    // The rows whose first cell is one word and whose second is a number.
    private static IReadOnlyList<string[]> Page() =>
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "backup-costs.md"))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Where(cells => cells.Length == Units.Length + 3 && int.TryParse(cells[1], out _)),
        ];
}
