using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>Walks the tables of docs/vault.md: each message, state and error of the seed comes to what they say.</summary>
public sealed class SeedTableTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (name, outcome) in Table())
        {
            rows.Add(name, outcome);
        }

        return rows;
    }

    public void Dispose() => workspace.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Vault_Row_ComesToWhatItSays(string name, string outcome)
    {
        await using var world = SeedWorld.Start(gateway, workspace);
        Assert.Equal(outcome, await SeedCases.All[name](world));
    }

    [Fact]
    public void Tables_Rows_AreTheCases() =>
        Assert.Equal(SeedCases.All.Keys.Order(StringComparer.Ordinal), Table().Select(row => row.Name).Order(StringComparer.Ordinal));

    private static IEnumerable<(string Name, string Outcome)> Table()
    {
        var isTried = false;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vault.md")))
        {
            isTried = line == "<!-- tried -->" || (isTried && line.StartsWith("| ", StringComparison.Ordinal));
            if (
                isTried
                && line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| FSS", StringComparison.Ordinal)
                && line[2] != '-'
            )
            {
                var cells = line[2..^2].Split(" | ");
                yield return (cells[0], cells[2]);
            }
        }
    }
}
