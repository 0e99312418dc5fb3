using Xunit;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Walks the table of docs/problems.md: every row is tried, has its code and status, and changes nothing.</summary>
public sealed class BadInputTests(BadInputWorld world) : IClassFixture<BadInputWorld>
{
    private static readonly Dictionary<string, BadInputCase> Cases = RequestCases
        .All.Concat(KeyCases.All)
        .Concat(EvidenceCases.All)
        .Concat(OrderCases.All)
        .Concat(VaultCases.All)
        .Concat(WebhookCases.All)
        .Concat(NoticeCases.All)
        .Concat(LogCases.All)
        .ToDictionary(entry => entry.Name);

    public static TheoryData<string, string, int> Rows()
    {
        var rows = new TheoryData<string, string, int>();
        foreach (var cells in Table())
        {
            rows.Add(cells[0], cells[1].Trim('`'), int.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture));
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Api_Row_IsRefusedAndChangesNothing(string name, string code, int status)
    {
        var call = await Cases[name].Prepare(world);
        var before = await world.PictureAsync();
        var answer = await call();
        Assert.Equal((code, status), (answer.Code, answer.Status));
        Assert.Equal(before, await world.PictureAsync());
    }

    [Fact]
    public void Table_Rows_AreTheCases() =>
        Assert.Equal(Cases.Keys.Order(StringComparer.Ordinal), Table().Select(cells => cells[0]).Order(StringComparer.Ordinal));

    private static IEnumerable<string[]> Table() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "problems.md"))
            .SkipWhile(line => line != "<!-- tried -->")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(2)
            .Select(line => line.Trim('|', ' ').Split(" | "));
}
